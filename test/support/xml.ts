/** An element; its text is that of all text within it. */
export interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?'
const VALUE = `"[^"<]*"`
const TOKEN = new RegExp(
  `<(?<open>${NAME})(?<attributes>(?:\\s+${NAME}=${VALUE})*)\\s*(?<empty>/?)>|</(?<close>${NAME})\\s*>|(?<text>[^<]+)`,
  'y',
)
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([\dA-Fa-f]+));/g
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const CHAR = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u

/**
 * Reads XML 1.0 without a document type, comments and sections, which we do not write; strictly: throws at
 * the first thing that is not well-formed.
 */
export function readXml(source: string): Element {
  if (!CHAR.test(source)) throw new Error('There is a character that XML has not.')
  const text = source.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\n/, '')
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
    const at = TOKEN.lastIndex
    const groups = TOKEN.exec(text)?.groups
    if (!groups) throw new Error(`This is not XML: ${text.slice(at, at + 80)}`)
    step(groups, open)
  }
  if (open.length !== 1) throw new Error(`${open.at(-1)!.name} is not closed.`)
  if (root.children.length !== 1) throw new Error('There is not one root.')
  return root.children[0]!
}

function step(groups: Record<string, string | undefined>, open: Element[]): void {
  const inner = open.at(-1)!
  if (groups.text !== undefined) {
    if (groups.text.includes(']]>')) throw new Error('A section ends in a text.')
    if (open.length === 1 && groups.text.trim() !== '') throw new Error('Text beside the root.')
    const said = unescaped(groups.text)
    for (const element of open) element.text += said
  } else if (groups.close !== undefined) {
    if (groups.close !== inner.name) throw new Error(`${inner.name} is closed as ${groups.close}.`)
    open.pop()
  } else {
    const attributes = attributesIn(groups.attributes ?? '')
    const element = { name: groups.open!, attributes, children: [], text: '' }
    inner.children.push(element)
    if (groups.empty === '') open.push(element)
  }
}

function attributesIn(text: string): Record<string, string> {
  const found = [...text.matchAll(new RegExp(`(${NAME})=(${VALUE})`, 'g'))]
  const all = found.map(([, name, value]) => [name!, unescaped(value!.slice(1, -1))] as const)
  if (new Set(all.map(([name]) => name)).size !== all.length) throw new Error('Told twice.')
  return Object.fromEntries(all)
}

function unescaped(text: string): string {
  if (text.replace(REFERENCE, '').includes('&')) throw new Error(`A bare & in ${text}`)
  return text.replace(REFERENCE, (_, name, decimal, hex) => {
    if (name) return named[name]!
    const char = String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16))
    if (!CHAR.test(char)) throw new Error('A reference to a character that XML has not.')
    return char
  })
}

export const childrenOf = ({ children }: Element, name: string): Element[] =>
  children.filter((child) => child.name === name)

/** The text of the only child of this name. */
export function textOf(element: Element, name: string): string {
  const [only, ...more] = childrenOf(element, name)
  if (!only || more.length > 0) throw new Error(`${element.name} has not one ${name}.`)
  return only.text
}
