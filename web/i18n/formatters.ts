/** Makes each formatter once: making one costs as much as using it a thousand times. */
function once<Options, Formatter>(make: (locale: string, options?: Options) => Formatter) {
  const made = new Map<string, Formatter>()
  return (locale: string, options?: Options): Formatter => {
    const name = locale + JSON.stringify(options)
    const known = made.get(name)
    if (known) return known
    const formatter = make(locale, options)
    made.set(name, formatter)
    return formatter
  }
}

export const numberFormat = once(
  (locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
)
export const dateTimeFormat = once(
  (locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)
export const pluralRules = once(
  (locale, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options),
)
