import { DraftRefusal } from './refusal.ts'
import { requirePlainXml } from './xml.ts'
import { type Entry, entriesOf, unpack, zipOf } from './zip.ts'

/** Bytes of the text's own part, and of its styles: a law of 2,000 articles takes two million. */
const [LARGEST, LARGEST_STYLES] = [12 * 2 ** 20, 2 * 2 ** 20]

/** What of a document is no text, and was left out. */
export const leftOutKinds = [
  ...['macros', 'embedded', 'linked', 'fields', 'pictures'],
  ...['notes', 'changes', 'numbers'],
] as const
export type LeftOut = (typeof leftOutKinds)[number]

export interface DocxText {
  /** Lines of plain text; headings begin with `#`. */
  text: string
  leftOut: LeftOut[]
}

/**
 * The text of a Word document. Only the parts that hold it are unpacked, to known sizes, and nothing else of
 * the file is handed on: no program, picture, link or other file in it is ever read. Throws a `DraftRefusal`.
 */
export async function textOfDocx(file: Buffer): Promise<DocxText> {
  const entries = entriesOf(file)
  const main = mainPartOf(entries)
  const xml = partOf(entries, main, LARGEST)
  if (xml === undefined) throw new DraftRefusal(415, 'The file is no Word document.')
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const styles = partOf(entries, `${folder}styles.xml`, LARGEST_STYLES)
  const numbering = partOf(entries, `${folder}numbering.xml`, LARGEST_STYLES)
  const lines = new Lines()
  // Half of the time of a small document goes into loading it: not for one that was refused.
  const { default: mammoth } = await import('mammoth')
  await mammoth
    .convertToHtml(
      { buffer: packageOf({ xml: unlinked(xml), styles, numbering }) },
      {
        transformDocument(document: Element): Element {
          lines.read(document)
          return { ...document, children: [] }
        },
      },
    )
    .catch((error: unknown) => {
      const isDeep = error instanceof RangeError
      const why = isDeep ? 'is nested too deep' : 'cannot be read as a Word document'
      throw new DraftRefusal(415, `The file ${why}.`)
    })
  return { text: lines.text(), leftOut: leftOutOf(entries, xml, lines) }
}

/** Where its list of parts says that the document is. */
function mainPartOf(entries: ReadonlyMap<string, Entry>): string {
  const list = partOf(entries, '_rels/.rels', LARGEST_STYLES) ?? ''
  const [relation = ''] = /<Relationship\b[^>]*\/officeDocument"[^>]*>/.exec(list) ?? []
  const [, target = 'word/document.xml'] = /\bTarget="\/?([^"]+)"/.exec(relation) ?? []
  return target
}

function partOf(
  entries: ReadonlyMap<string, Entry>,
  name: string,
  most: number,
): string | undefined {
  const entry = entries.get(name)
  if (!entry) return undefined
  const xml = unpack(entry, most).toString('utf8')
  requirePlainXml(xml)
  return xml
}

/** What it names outside of itself is not there. */
const unlinked = (xml: string): string =>
  xml.replaceAll(/\s[A-Za-z]\w*:(id|embed|link)="[^"]*"/g, '')

const REL = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

interface Parts {
  xml: string
  styles: string | undefined
  numbering: string | undefined
}

/** A document of these parts alone. */
function packageOf({ xml, styles, numbering }: Parts): Buffer {
  return zipOf({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${REL}"><Relationship Id="a" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': xml,
    ...(styles !== undefined && { 'word/styles.xml': styles }),
    ...(numbering !== undefined && { 'word/numbering.xml': numbering }),
  })
}

/** Of what mammoth reads. */
interface Element {
  type: string
  value?: string
  styleId?: string | null
  styleName?: string | null
  numbering?: object | null
  children?: readonly Element[]
}

class Lines {
  readonly #lines: string[] = []
  hasNumbers = false
  hasNotes = false

  text(): string {
    return this.#lines.join('\n')
  }

  read(element: Element): void {
    if (element.type === 'paragraph') return this.#paragraph(element)
    for (const child of element.children ?? []) this.read(child)
  }

  #paragraph(paragraph: Element): void {
    this.hasNumbers ||= Boolean(paragraph.numbering)
    const said = this.#said(paragraph).trim()
    if (said !== '') this.#lines.push(`${'#'.repeat(levelOf(paragraph))} ${said}`.trimStart())
  }

  #said({ type, value, children = [] }: Element): string {
    if (type === 'text') return value ?? ''
    if (type === 'tab') return ' '
    if (type === 'break') return '\n'
    if (type === 'noteReference') this.hasNotes = true
    return children.map((child) => this.#said(child)).join('')
  }
}

/** 0: no heading. Styles are called by their English names, whatever language Word speaks. */
function levelOf({ styleId, styleName }: Element): number {
  if (/^title$/i.test(styleName ?? '')) return 1
  const [, level] = /^heading ?([1-9])/i.exec(styleName ?? styleId ?? '') ?? []
  return level === undefined ? 0 : Math.min(6, Number(level))
}

/** Lists of what parts name, of which a document has one or two. */
const LISTS = /^word\/_rels\/[^/]+\.rels$/
const MOST_LISTS = 10

function leftOutOf(
  entries: ReadonlyMap<string, Entry>,
  xml: string,
  { hasNumbers, hasNotes }: Lines,
): LeftOut[] {
  const names = [...entries.keys()]
  const isThere = (pattern: RegExp) => names.some((name) => pattern.test(name))
  const found: Record<LeftOut, boolean> = {
    macros: isThere(/vbaProject|vbaData/i),
    embedded: isThere(/\/(embeddings|activeX|afchunk)/i) || /<\w+:altChunk\b/.test(xml),
    linked: names
      .filter((name) => LISTS.test(name))
      .slice(0, MOST_LISTS)
      .some((name) => isLinking(entries.get(name)!)),
    fields: /<\w+:(instrText|fldSimple)\b/.test(xml),
    pictures: isThere(/\/media\//i),
    notes: hasNotes,
    changes: /<\w+:(del|ins|moveFrom)\b/.test(xml),
    numbers: hasNumbers,
  }
  return leftOutKinds.filter((kind) => found[kind])
}

/** Whether parts come from elsewhere; links that a reader clicks on are no parts. */
function isLinking(entry: Entry): boolean {
  const list = unpack(entry, LARGEST_STYLES).toString('utf8')
  const outside = list.match(/<Relationship\b[^>]*TargetMode="External"[^>]*>/g) ?? []
  return outside.some((relation) => !relation.includes('/hyperlink"'))
}
