import { IntlMessageFormat } from 'intl-messageformat'

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

const kinds = [
  'literal',
  'argument',
  'number',
  'date',
  'time',
  'select',
  'plural',
  'pound',
  'tag',
] as const

/** A piece of a message: a text, or what a value is filled into. */
export interface MessageElement {
  kind: (typeof kinds)[number]
  /** The text, or the name of the value. */
  value: string
  /** The forms of a plural or a select. */
  forms: string[]
}

/** All the pieces of an ICU message, those in the forms of a plural too. */
export function messageElements(message: string): MessageElement[] {
  const ast = new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst()
  return ast.flatMap(flatten)
}

/** The names of the values that a message takes. */
export function valuesOf(message: string): Set<string> {
  return new Set(
    messageElements(message)
      .filter(({ kind }) => kind !== 'literal' && kind !== 'pound')
      .map(({ value }) => value),
  )
}

function flatten(element: Element): MessageElement[] {
  const options = 'options' in element ? element.options : {}
  const value = 'value' in element ? element.value : ''
  const own = { kind: kinds[element.type]!, value, forms: Object.keys(options) }
  return [own, ...Object.values(options).flatMap((option) => option.value.flatMap(flatten))]
}
