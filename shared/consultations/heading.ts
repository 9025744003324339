import { readNumeral, readRoman } from './numerals.ts'
import type { ProvisionKind } from './provision.ts'

/** What a line of a draft begins. */
export interface Heading {
  kind: Exclude<ProvisionKind, 'preamble'>
  /** Its number in one spelling: `9`, `9a`, `9-1` for `第九条之一`; of a clause the part after the article's. */
  number: string
  label: string
  /** What else the line says. */
  rest: string
}

interface Form {
  kind: Heading['kind']
  pattern: RegExp
}

const HAN = '[零〇一二两三四五六七八九十百千\\d０-９]{1,9}'

/* Each pattern has the label, the number and the rest; a Chinese article may have a `之一` after it. */
const forms: readonly Form[] = [
  { kind: 'chapter', pattern: new RegExp(`^(第(${HAN})[编章節节])()[\\s、:：]*(.*)$`, 'su') },
  {
    kind: 'article',
    pattern: new RegExp(`^(第(${HAN})[条條](?:之(${HAN}))?)[\\s、:：]*(.*)$`, 'su'),
  },
  {
    kind: 'chapter',
    pattern: /^((?:chapter|part|title)\s+(\d{1,4}|[ivxlc]{1,12}))()\b[\s.:–—-]*(.*)$/isu,
  },
  {
    kind: 'article',
    pattern: /^((?:article|art\.|section|sec\.)\s*(\d{1,5}[a-z]?))()\b[\s.:–—-]*(.*)$/isu,
  },
  { kind: 'article', pattern: /^(§{1,2}\s*(\d{1,5}[a-z]?))()(?![\p{L}\p{N}])[\s.:–—-]*(.*)$/isu },
  { kind: 'clause', pattern: /^(\((\d{1,3}|[a-z])\))()\s+(.*)$/isu },
  { kind: 'clause', pattern: new RegExp(`^([（(](${HAN})[）)])()\\s*(.*)$`, 'su') },
]

/* A sentence that begins with what it refers to: `Article 9(2) applies`, `第三条第二款规定`. */
const references: readonly RegExp[] = [
  /^(?:(?:[Aa]rticle|[Aa]rt\.|[Ss]ection|[Ss]ec\.)\s*|§{1,2}\s*)\d{1,5}[a-z]?(?:\s*\([\p{L}\d]{1,4}\))*(?:\s*[,;]|\s+\p{Ll})/u,
  new RegExp(
    `^第${HAN}[条條](?:之${HAN})?(?:第${HAN}[款项項条條]|[规規]定|所[称稱指列述规規]|的|中[的所规規]|[和及与與或至、]第${HAN}[款项項条條]|[，,])`,
    'u',
  ),
]

export const isReference = (line: string): boolean => references.some((one) => one.test(line))

/** The provision that a line begins; undefined for a line that only goes on. */
export function readHeading(line: string): Heading | undefined {
  for (const { kind, pattern } of forms) {
    const [, label, number, second, rest] = pattern.exec(line) ?? []
    if (label === undefined) continue
    const read = numberOf(number!, second ?? '')
    if (read !== undefined) return { kind, label, number: read, rest: rest!.trim() }
  }
  return undefined
}

/** Digits, with a letter where there is one; a letter alone stays. */
function numberOf(first: string, second: string): string | undefined {
  const plain = first.normalize('NFKC').toLowerCase()
  const [, digits, letter] = /^0*(\d+)([a-z]?)$/.exec(plain) ?? []
  const one = digits === undefined ? wordNumber(plain) : `${digits}${letter}`
  if (one === undefined || second === '') return one
  const two = readNumeral(second)
  return two === undefined ? undefined : `${one}-${two}`
}

function wordNumber(plain: string): string | undefined {
  if (/^[a-z]$/.test(plain) && !/^[ivxlc]$/.test(plain)) return plain
  const number = readNumeral(plain) ?? readRoman(plain)
  return number === undefined ? undefined : String(number)
}
