import type { ToldCorrection } from '#shared/tickets.ts'
import { t } from '../i18n/t.ts'
import type { NameOf } from './names.ts'

/** As what: of which agency only where the city tells whose tickets are. */
export function correctedBy({ by, agency }: ToldCorrection, nameOf: NameOf): string {
  if (by === 'secretariat') return t('ticketPage.bySecretariat')
  if (agency == null) return t('ticketPage.byOfficial')
  return t('ticketPage.byOfficialOf', { agency: nameOf('agency', agency) })
}
