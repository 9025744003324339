import type { Deployment } from '#shared/deployment.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { textOf } from '../i18n/measure-text.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

type Fact = readonly [term: string, said: string]

type Explained = Omit<Measure, 'parts' | 'compute'> & { isOfOne?: true }

/** What holds of a measure whatever its numbers are. */
export function factsOf(definition: Explained, breaks: Deployment['breaks'], times: Times): Fact[] {
  const { counted, leftOut } = textOf(definition)
  return [
    [t('card.counted'), t(`card.clock.${definition.clock}`, { counted })],
    [t('card.judged'), t(`card.judge.${definition.judge}`)],
    [t('definitions.unit'), unitsText(definition)],
    [t('card.leftOut'), leftOut],
    [t('definitions.versions'), versionsText(definition, breaks, times)],
    [t('definitions.public'), publicText(definition)],
  ]
}

function publicText({ isSurvey, isOfOne }: Explained): string {
  if (isOfOne) return t('definitions.ofOne')
  return t(isSurvey ? 'definitions.daily' : 'definitions.live')
}

function unitsText({ fields }: Explained): string {
  const units = [...new Set(fields.map(({ unit }) => unit))]
  return units.map((unit) => t(`definitions.unit.${unit}`)).join(t('mark.semicolon'))
}

/** The newest first. A break by what tickets contribute keeps the version of the formula. */
function versionsText(
  { id, version }: Explained,
  breaks: Deployment['breaks'],
  times: Times,
): string {
  const own = breaks.filter(({ measure }) => measure === id).reverse()
  if (own.length === 0) return t('definitions.unbroken', { version })
  return own
    .map(({ version, seq, at }) =>
      t('definitions.since', { version, seq, at: times.moment(Date.parse(at)) }),
    )
    .join(t('mark.semicolon'))
}
