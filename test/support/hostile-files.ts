import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { crc32, createDeflate, deflateSync } from 'node:zlib'
import sharp from 'sharp'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(named.length + 8)
  out.writeUInt32BE(data.length, 0)
  named.copy(out, 4)
  out.writeUInt32BE(crc32(named), named.length + 4)
  return out
}

interface Png {
  width: number
  height: number
  /** Chunks between the header and the pixels. */
  between?: Buffer[]
  /** The pixels; else all black, whole. */
  pixels?: Buffer
}

/** A PNG of one bit a pixel. */
export function png({ width, height, between = [], pixels }: Png): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const data = pixels ?? deflateSync(Buffer.alloc(height * (Math.ceil(width / 8) + 1)))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...between,
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const smallPng = (): Buffer => png({ width: 40, height: 30 })

export const textChunk = (text: string): Buffer => chunk('tEXt', Buffer.from(`Comment\0${text}`))

const MB = 2 ** 20

/** So many megabytes of one byte, packed; made without ever holding them. */
export function packedMegabytes(count: number, byte = '\0'): Promise<Buffer> {
  const piece = Buffer.alloc(MB, byte)
  return buffer(Readable.from(Array<Buffer>(count).fill(piece)).pipe(createDeflate()))
}

/** A text that unpacks to so many megabytes. */
export const packedTextChunk = async (megabytes: number): Promise<Buffer> =>
  chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), await packedMegabytes(megabytes)]))

/** Two frames. */
export const movingPng = (): Buffer =>
  png({ width: 8, height: 8, between: [chunk('acTL', Buffer.from('0000000200000000', 'hex'))] })

/** With the place and the camera in it, lying on its side, and with a colour profile. */
export function telephonePicture(format: 'jpeg' | 'png' | 'webp' = 'jpeg'): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: '#a33' } })
    .withExif({
      IFD0: { Make: 'SecretCam', Artist: 'Ada Secret' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '42/1 21/1 30/1' },
    })
    .withMetadata({ orientation: 6 })
    .withIccProfile('p3')
    [format]()
    .toBuffer()
}

/** A PDF of these objects, as a reader finds them by repairing: there is no table of places. */
export function pdf(...objects: (string | Buffer)[]): Buffer {
  const parts = objects.map((object, at) =>
    Buffer.concat([
      Buffer.from(`${at + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]),
  )
  const end = Buffer.from('trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n')
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...parts, end])
}

export const plainObjects = [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [] /Count 0 >>',
]

/** Objects packed in a stream. */
export function packed(
  text: string,
  dictionary = '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode',
): Buffer {
  return streamOf(deflateSync(Buffer.from(text)), dictionary)
}

export const streamOf = (data: Buffer, dictionary: string): Buffer =>
  Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ])
