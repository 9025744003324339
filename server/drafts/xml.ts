import { DraftRefusal } from './refusal.ts'

/** Elements in each other, and elements at all. */
const [DEEPEST, MOST] = [100, 400_000]

const TAG =
  /<(?:!--[^]*?-->|\?[^]*?\?>|!\[CDATA\[[^]*?\]\]>|(\/?)[^\s"'<>/!?]+(?:"[^"]*"|'[^']*'|[^"'<>])*?(\/?)>)/g

/**
 * Refuses XML that is made to cost its reader much: entities, elements in each other without end, or more
 * elements than any document has. One pass over the text.
 */
export function requirePlainXml(xml: string): void {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) {
    throw new DraftRefusal(415, 'The file declares entities, which no Word document needs.')
  }
  for (const [opens, closes] of [
    ['<!--', '-->'],
    ['<?', '?>'],
    ['<![CDATA[', ']]>'],
  ] as const) {
    if (xml.lastIndexOf(opens) > xml.lastIndexOf(closes))
      throw new DraftRefusal(415, 'The file is broken.')
  }
  let [depth, elements] = [0, 0]
  for (const [tag, closing, empty] of xml.matchAll(TAG)) {
    if (tag.startsWith('<!') || tag.startsWith('<?')) continue
    if (closing === '/') depth--
    else if (++elements > MOST)
      throw new DraftRefusal(413, `The file holds more than ${MOST} elements.`)
    else if (empty !== '/') depth++
    if (depth > DEEPEST)
      throw new DraftRefusal(413, `The file is nested deeper than ${DEEPEST} levels.`)
  }
}
