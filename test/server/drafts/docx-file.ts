import { crc32, deflateRawSync } from 'node:zlib'

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A paragraph as Word writes it; `style` is the id of a style, `rest` stands before the text. */
export const paragraph = (text: string, style = '', rest = ''): string =>
  `<w:p><w:pPr>${style && `<w:pStyle w:val="${style}"/>`}</w:pPr>${rest}<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`

export const documentOf = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="${W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>${body}</w:body></w:document>`

const styles = `<w:styles xmlns:w="${W}"><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>`

type Files = Readonly<Record<string, string | Buffer>>

/** A Word document of these paragraphs, and whatever else lies in it. */
export const docx = (body: string, others: Files = {}): Buffer =>
  zip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': documentOf(body),
    'word/styles.xml': styles,
    ...others,
  })

interface Lie {
  /** Of each file; what it is where it is not lied about. */
  size?: number
  flags?: number
}

/** A packed ZIP, which may announce other sizes than it has. */
export function zip(files: Files, { size, flags = 0 }: Lie = {}): Buffer {
  const parts: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const [file, content] of Object.entries(files)) {
    const [name, body] = [Buffer.from(file), Buffer.from(content)]
    const packed = deflateRawSync(body)
    const head = numbers([2, 20], [2, flags], [2, 8], [4, 0], [4, crc32(body)])
    const sizes = numbers([4, packed.length], [4, size ?? body.length], [2, name.length], [2, 0])
    parts.push(numbers([4, 0x04034b50]), head, sizes, name, packed)
    const place = numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, at])
    entries.push(Buffer.concat([numbers([4, 0x02014b50], [2, 20]), head, sizes, place, name]))
    at += 30 + name.length + packed.length
  }
  const list = Buffer.concat(entries)
  const count = Math.min(65_535, entries.length)
  const end = numbers(
    [4, 0x06054b50],
    [4, 0],
    [2, count],
    [2, count],
    [4, list.length],
    [4, at],
    [2, 0],
  )
  return Buffer.concat([...parts, list, end])
}

function numbers(...all: readonly [bytes: number, value: number][]): Buffer {
  return Buffer.concat(
    all.map(([bytes, value]) => {
      const buffer = Buffer.alloc(bytes)
      buffer.writeUIntLE(value, 0, bytes)
      return buffer
    }),
  )
}
