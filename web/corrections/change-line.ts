import type { ToldChange, ToldReopening } from '#shared/tickets.ts'
import { type Key, t } from '../i18n/t.ts'
import { type Reading, valueText } from '../tickets/entry-text.ts'

/** From what to what, in the words of the ticket's page. */
export function changeLine({ field, from, to }: ToldChange, reading: Reading): string {
  return t('ticketPage.change', {
    field: t(`ticketPage.field.${field}` as Key),
    from: partText(field, from, reading),
    to: partText(field, to, reading),
  })
}

function partText(field: string, value: ToldChange['to'], reading: Reading): string {
  if (value === null || typeof value === 'string') return valueText(field, value, reading)
  if (value.length === 0) return valueText(field, null, reading)
  return value.map((one) => reopeningText(one, reading)).join(t('mark.comma'))
}

const reopeningText = ({ at }: ToldReopening, reading: Reading): string =>
  valueText('reopenings', at, reading)
