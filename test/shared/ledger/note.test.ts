import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '#shared/ledger/bytes.ts'
import { checkpointText, readCheckpoint } from '#shared/ledger/checkpoint.ts'
import {
  cosigned,
  readVerifier,
  signatureBy,
  timeOf,
  verifierLine,
  verifierOf,
} from '#shared/ledger/key.ts'
import { leafHash } from '#shared/ledger/merkle.ts'
import { readNote, writeNote } from '#shared/ledger/note.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const verifier = verifierOf('example.org/log', rawOf(publicKey))
const text = checkpointText({ origin: 'example.org/log', size: 7, root: leafHash(utf8('x')) })

function rawOf(key: KeyObject) {
  return Uint8Array.from(key.export({ type: 'spki', format: 'der' }).subarray(-32))
}

const signature = (message: string) => Uint8Array.from(sign(null, utf8(message), privateKey))
const line = { name: verifier.name, id: verifier.id, bytes: signature(text) }
const signed = writeNote({ text, signatures: [line] })

test('a signed checkpoint says its log, its size and its root, and a key says who it is', async () => {
  const checkpoint = readCheckpoint(signed)!
  expect(checkpoint).toMatchObject({ origin: 'example.org/log', size: 7 })
  expect(await signatureBy(checkpoint.note, verifier)).toBe('right')
  expect(readVerifier(verifierLine(verifier))).toEqual(verifier)
  expect(readVerifier(verifierLine(verifier).replace('log+', 'dog+'))).toBe(undefined)
})

test('every single bit of what is signed, of the signature and of its name counts', async () => {
  const bytes = utf8(signed)
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
      const other = Uint8Array.from(bytes)
      other[bit >> 3]! ^= 1 << (bit & 7)
      const checkpoint = readCheckpoint(Buffer.from(other).toString())
      if (checkpoint) expect(await signatureBy(checkpoint.note, verifier)).not.toBe('right')
    }),
    { numRuns: 300 },
  )
})

test('what is not exactly a note, or not exactly a checkpoint, is none', () => {
  const [head, tail] = [text, signed.slice(text.length)]
  const broken: Record<string, string> = {
    'no signature': text,
    'no blank line': head + tail.slice(1),
    'no last newline': signed.slice(0, -1),
    'a carriage return': signed.replace('\n', '\r\n'),
    'a tab': signed.replace('log', 'l\tog'),
    'a line after the signatures': `${signed}more\n`,
    'a blank line after the signatures': `${signed}\n`,
    'a plain dash': signed.replace('— ', '- '),
    'a name with a plus': signed.replace('— example', '— ex+ample'),
    'a signature without bytes': `${head}\n— example.org/log AAAA\n`,
    'a leading zero': signed.replace('\n7\n', '\n07\n'),
    'a negative size': signed.replace('\n7\n', '\n-7\n'),
    'a size that no number holds': signed.replace('\n7\n', '\n9007199254740993\n'),
    'a short root': signed.replace(/\n7\n..../, '\n7\n'),
    'no origin': signed.slice('example.org/log'.length),
  }
  for (const [what, note] of Object.entries(broken))
    expect(readCheckpoint(note), what).toBe(undefined)
  expect(readCheckpoint(signed)).toBeDefined()
})

test('a wrong signature of the key spoils the note, one of another key is passed over', async () => {
  const wrong = { ...line, bytes: line.bytes.with(3, line.bytes[3]! ^ 1) }
  const stranger = { name: 'example.net/other', id: 7, bytes: line.bytes }
  const by = (signatures: (typeof line)[]) =>
    signatureBy(readNote(writeNote({ text, signatures }))!, verifier)
  expect(await by([line, wrong])).toBe('wrong')
  expect(await by([stranger, line])).toBe('right')
  expect(await by([stranger])).toBe('none')
  expect(await by([{ ...line, id: line.id + 1 }])).toBe('none')
})

test('a witness signs a checkpoint with the time, and that time is bound', async () => {
  const witness = verifierOf('witness.example/w1', rawOf(publicKey), 'cosignature')
  const at = 1_679_315_147
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(at))
  const bytes = Uint8Array.from(Buffer.concat([time, signature(cosigned(text, at))]))
  const by = (signed: typeof bytes) =>
    signatureBy(
      { text, signatures: [{ name: witness.name, id: witness.id, bytes: signed }] },
      witness,
    )

  expect(await by(bytes)).toBe('right')
  expect(timeOf(bytes)).toBe(at)
  expect(await by(bytes.with(7, bytes[7]! ^ 1))).toBe('wrong')
  expect(readVerifier(verifierLine(witness))).toEqual(witness)
})
