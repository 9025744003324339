const DIGITS = '零一二三四五六七八九'
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** `二十三` is 23; undefined when it is no number. Digits of every width are read too. */
export function readNumeral(text: string): number | undefined {
  const plain = text.normalize('NFKC')
  if (/^\d{1,6}$/.test(plain)) return Number(plain)
  let sum = 0
  let digit: number | undefined
  for (const character of plain.replaceAll('〇', '零').replaceAll('两', '二')) {
    const unit = UNITS[character]
    const value = DIGITS.indexOf(character)
    if (unit === undefined && value < 0) return undefined
    if (unit === undefined) digit = value
    else {
      sum += (digit ?? 1) * unit
      digit = undefined
    }
  }
  return plain === '' ? undefined : sum + (digit ?? 0)
}

const ROMAN: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 }

/** `XIV` is 14; undefined when it is no such number. */
export function readRoman(text: string): number | undefined {
  const values = [...text.toLowerCase()].map((letter) => ROMAN[letter])
  if (values.length === 0 || values.length > 12) return undefined
  let sum = 0
  for (const [place, value] of values.entries()) {
    if (value === undefined) return undefined
    sum += value < (values[place + 1] ?? 0) ? -value : value
  }
  return sum
}
