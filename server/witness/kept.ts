import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Break } from '#shared/ledger/break.ts'
import { newSigner, readSigner, type Signer } from '../ledger/signer.ts'

/** What a witness must not forget. */
export interface Kept {
  /** The last checkpoint that it signed, with its signature; null: none yet. */
  checkpoint: string | null
  /** The first key that it saw of the log, where it was not told one. */
  key: string | null
  breaks: NamedBreak[]
}

export interface NamedBreak extends Break {
  /** ISO, by the witness's clock. */
  at: string
  /** The checkpoint that the log showed then, where it showed one. */
  checkpoint: string | null
}

const STATE = 'witness.json'
const KEY = 'witness.key'

export async function readKept(folder: string): Promise<Kept> {
  const text = await readFile(path.join(folder, STATE), 'utf8').catch(() => undefined)
  return text === undefined
    ? { checkpoint: null, key: null, breaks: [] }
    : (JSON.parse(text) as Kept)
}

/** Whole or not at all: a witness that forgets what it signed may sign a fork. */
export async function keep(folder: string, kept: Kept): Promise<void> {
  const file = path.join(folder, STATE)
  await writeFile(`${file}.new`, JSON.stringify(kept, null, 2), { flush: true })
  await rename(`${file}.new`, file)
}

/** The witness's own key, made at its first start. */
export async function witnessSigner(folder: string, name: string): Promise<Signer> {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, KEY)
  const line = await readFile(file, 'utf8').catch(() => undefined)
  if (line === undefined) {
    const signer = newSigner(name, 'cosignature')
    await writeFile(file, `${signer.line}\n`, { mode: 0o600, flag: 'wx' })
    return signer
  }
  const signer = readSigner(line)
  if (signer?.verifier.algorithm === 'cosignature') return signer
  throw new Error(`${file} is no key of a witness.`)
}
