import type { Choice } from '../design/Combobox.svelte'

/** ISO 639-1, and the ways of writing Chinese and Portuguese that people ask for. */
const TAGS = `af sq am ar hy as az eu be bn bs bg my ca zh zh-CN zh-TW zh-HK co hr cs da dv nl dz en eo et ee
  fo fj fi fr fy gl ka de el gn gu ht ha he hi hu is ig id ga it ja jv kn kk km rw ky ko ku lo la lv ln lt lb
  mk mg ms ml mt mi mr mn ne no nb nn or ps fa pl pt pt-BR pa qu ro rm ru sm sa gd sr sn sd si sk sl so st es
  su sw sv tl tg ta tt te th bo ti to ts tr tk uk ur ug uz vi cy wo xh yi yo za zu`

/** Languages that people speak, by the names that the page's language has for them; `held` are always among them. */
export function spokenLanguages(locale: string, held: readonly string[]): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' })
  return [...new Set([...TAGS.split(/\s+/), ...held])]
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, locale))
}
