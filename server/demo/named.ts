/** What is called something in both of the city's languages. */
export interface Named {
  code: string
  names: { en: string; zh: string }
}

export const named = (code: string, en: string, zh: string): Named => ({ code, names: { en, zh } })
