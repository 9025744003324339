import type { Provision } from '#shared/consultations/provision.ts'
import { DraftError, readDraft } from '#shared/consultations/read-draft.ts'
import type { LeftOut } from './docx.ts'
import { readDocx } from './read-docx.ts'
import { DraftRefusal } from './refusal.ts'

export interface DraftFile {
  /** As it may be sent on: headings begin with `#`. */
  text: string
  provisions: Provision[]
  /** What of a Word document is no text. */
  leftOut: LeftOut[]
}

/** Reads a draft in Word (.docx), Markdown or plain text, by what the file holds. Throws a `DraftRefusal`. */
export async function readDraftFile(file: Buffer): Promise<DraftFile> {
  const isZip = file.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))
  const { text, leftOut } = isZip ? await readDocx(file) : { text: plain(file), leftOut: [] }
  return { text, provisions: provisionsOf(text, leftOut), leftOut }
}

/** Of text that is not Unicode it is taken that it is Chinese. */
function plain(file: Buffer): string {
  if (file.includes(0) && file[0] !== 0xff) {
    throw new DraftRefusal(415, 'The file is neither a Word document (.docx) nor plain text.')
  }
  for (const encoding of [file[0] === 0xff && file[1] === 0xfe ? 'utf-16le' : 'utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(file)
    } catch {
      continue
    }
  }
  throw new DraftRefusal(415, 'The file is not text that can be read: save it as UTF-8.')
}

function provisionsOf(text: string, leftOut: readonly LeftOut[]): Provision[] {
  try {
    return readDraft(text)
  } catch (error) {
    if (!(error instanceof DraftError)) throw error
    const hint = leftOut.includes('numbers')
      ? ' Numbers that Word sets by itself are not in its text: turn them into text first.'
      : ''
    throw new DraftRefusal(400, `Line ${error.line} ${error.message}.${hint}`)
  }
}
