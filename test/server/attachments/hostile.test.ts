import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  movingPng,
  packed,
  packedMegabytes,
  packedTextChunk,
  pdf,
  plainObjects,
  png,
  smallPng,
  streamOf,
  telephonePicture,
  textChunk,
} from '../../support/hostile-files.ts'
import { megabytes, watchMemory } from '../../support/memory.ts'
import { attachmentServer } from './attachments.ts'

let server: Awaited<ReturnType<typeof attachmentServer>>

beforeAll(async () => {
  server = await attachmentServer({ filesInTenMinutes: 0 })
  // The memory that any picture takes is not what the rows are about.
  await server.send(png({ width: 4000, height: 4000 }))
})
afterAll(() => server[Symbol.asyncDispose]())

const catalog = (more: string) => [`<< /Type /Catalog /Pages 2 0 R ${more} >>`, plainObjects[1]!]
const program = '1 0 << /S /JavaScript /JS (app.alert(1)) >>'
const page = '<!doctype html><script>alert(1)</script>'

interface Hostile {
  body: () => Buffer | Promise<Buffer>
  status: number
  error?: RegExp
  /** MB that the server may take for it; 60 when not told. */
  most?: number
}

const notKept = /^This is no file of a type that is kept/
const damaged = /^The picture is damaged/
const rows: Record<string, Hostile> = {
  'a page': { body: () => Buffer.from(page), status: 415, error: notKept },
  'a drawing with a program': {
    body: () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    status: 415,
    error: notKept,
  },
  'a drawing behind the word XML': {
    body: () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    status: 415,
    error: notKept,
  },
  'a program of Windows': {
    body: () => Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(4096)]),
    status: 415,
    error: notKept,
  },
  'a program of Linux': {
    body: () => Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(4096)]),
    status: 415,
    error: notKept,
  },
  'an archive': {
    body: () => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(64)]),
    status: 415,
    error: notKept,
  },
  'a gzip bomb': {
    body: () => Buffer.concat(Array<Buffer>(20).fill(gzipSync(Buffer.alloc(megabytes(10))))),
    status: 415,
    error: notKept,
  },
  'a GIF that is a program too': {
    body: () => Buffer.from('GIF89a/*\0\0*/=1;alert(1)'),
    status: 415,
    error: notKept,
  },
  'a page behind the first bytes of a PNG': {
    body: () => Buffer.concat([smallPng().subarray(0, 8), Buffer.from(page)]),
    status: 415,
  },
  'a page behind the first bytes of a JPEG': {
    body: () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(page)]),
    status: 415,
    error: damaged,
  },
  'a moving picture': { body: movingPng, status: 415, error: /^A moving picture/ },
  'a PNG of 30,000 by 30,000': {
    body: () => png({ width: 30_000, height: 30_000, pixels: Buffer.alloc(100) }),
    status: 413,
    error: /more than 50 million pixels/,
  },
  'a PNG of a million by one': {
    body: () => png({ width: 1_000_000, height: 100 }),
    status: 413,
    error: /more than 50 million pixels/,
  },
  'a PNG of 49 million pixels in 6 kB': {
    body: () => png({ width: 7000, height: 7000 }),
    status: 201,
    most: 200,
  },
  'a PNG with a text of 500 MB in it': {
    body: async () => png({ width: 40, height: 30, between: [await packedTextChunk(500)] }),
    status: 201,
  },
  'half a PNG': {
    body: () => {
      const whole = png({ width: 900, height: 900, pixels: undefined })
      return whole.subarray(0, whole.length / 2)
    },
    status: 415,
    error: damaged,
  },
  'half a JPEG': {
    body: async () => {
      const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
      const create = { width: 300, height: 300, channels: 3 as const, background: '#000', noise }
      const whole = await sharp({ create }).jpeg().toBuffer()
      return whole.subarray(0, whole.length / 2)
    },
    status: 415,
    error: damaged,
  },
  'a PDF with a program': {
    body: () => pdf(...catalog('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>')),
    status: 415,
    error: /^This PDF holds a program/,
  },
  'a PDF with a program under an escaped name': {
    body: () => pdf(...catalog('/OpenAction << /S /J#61va#53cript >>')),
    status: 415,
    error: /holds a program/,
  },
  'a PDF with nothing but the program itself': {
    body: () => pdf(...catalog('/AA << /O << /S /Rendition /JS%\n(app.alert(1)) >> >>')),
    status: 415,
    error: /holds a program/,
  },
  'a PDF with a program in packed objects': {
    body: () => pdf(...plainObjects, packed(program)),
    status: 415,
    error: /holds a program/,
  },
  'a PDF with a program in objects packed under an escaped name': {
    body: () =>
      pdf(...plainObjects, packed(program, '/Type /Obj#53tm /N 1 /First 4 /Filter /FlateDecode')),
    status: 415,
    error: /holds a program/,
  },
  'a PDF whose objects are packed twice': {
    body: () =>
      pdf(...plainObjects, packed('x', '/Type /ObjStm /Filter [/ASCII85Decode /FlateDecode]')),
    status: 415,
    error: /cannot be looked through/,
  },
  'a PDF whose packed objects are damaged': {
    body: () =>
      pdf(...plainObjects, '<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nxxxx\nendstream'),
    status: 415,
    error: /cannot be looked through/,
  },
  'a PDF whose objects unpack to a gigabyte': {
    body: async () => {
      const bomb = streamOf(await packedMegabytes(30, ' '), '/Type /ObjStm /Filter /FlateDecode')
      return pdf(...plainObjects, ...Array<Buffer>(34).fill(bomb))
    },
    status: 415,
    error: /cannot be looked through/,
    most: 150,
  },
  'a PDF that opens a program': {
    body: () => pdf(...catalog('/OpenAction << /S /Launch /F (a.exe) >>')),
    status: 415,
    error: /opens or sends/,
  },
  'a PDF with a file in it': {
    body: () => pdf(...catalog('/Names << /EmbeddedFiles << >> >>')),
    status: 415,
    error: /carries other files/,
  },
  'an encrypted PDF': {
    body: () =>
      Buffer.from(
        pdf(...plainObjects)
          .toString()
          .replace('/Root', '/Encrypt 9 0 R /Root'),
      ),
    status: 415,
    error: /is encrypted/,
  },
  'a PDF without an end': {
    body: () => pdf(...plainObjects).subarray(0, 60),
    status: 415,
    error: /is not whole/,
  },
  'a page before a PDF': {
    body: () => Buffer.concat([Buffer.from(page), pdf(...plainObjects)]),
    status: 415,
    error: notKept,
  },
  'ten megabytes of names that never end': {
    body: () =>
      Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(megabytes(9), '/JS '), pdf()]),
    status: 415,
    error: /holds a program/,
    most: 150,
  },
  'ten megabytes of streams that begin': {
    body: () =>
      Buffer.concat([
        Buffer.from('%PDF-1.7\n'),
        Buffer.alloc(megabytes(9), ' obj /ObjStm stream\n'),
        pdf(),
      ]),
    status: 415,
    most: 150,
  },
}

test.each(Object.entries(rows))(
  'I11: %s is answered in bounded memory',
  async (_, { body, status, error = /./, most = 60 }) => {
    const bytes = await body()
    const memory = await watchMemory(process.pid)
    const startedAt = performance.now()

    const answer = await server.send(bytes)

    expect(answer).toMatchObject(
      status === 201 ? { status } : { status, error: expect.stringMatching(error) },
    )
    expect(await memory.grownBy()).toBeLessThan(most)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  },
)

test.each(['jpeg', 'png', 'webp'] as const)(
  'of a %s only the picture is kept: no place, no camera, no profile, nothing behind it; and it stands upright',
  async (format) => {
    const original = await telephonePicture(format)
    expect(original.toString('latin1')).toContain('SecretCam')
    const { hash, type, width, height } = await server.send(
      Buffer.concat([original, Buffer.from(page)]),
    )

    expect([type, width, height]).toEqual([`image/${format}`, 40, 60])
    const kept = Buffer.from(await (await server.file(hash!, 'ada')).arrayBuffer())
    expect(kept.toString('latin1')).not.toMatch(/Secret|GPS|Exif|script|ICC_PROFILE|iCCP/i)
    const { exif, icc, xmp, orientation } = await sharp(kept).metadata()
    expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined])
  },
)

test('what is written in a PNG is gone', async () => {
  const { hash } = await server.send(
    png({ width: 40, height: 30, between: [textChunk('<script>secret</script>')] }),
  )
  const kept = await (await server.file(hash!, 'ada')).text()

  expect(kept).not.toContain('secret')
})
