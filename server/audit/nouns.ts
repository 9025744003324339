import type { Noun } from '../acts/noun.ts'
import { accountNoun } from '../accounts/noun.ts'
import { appointmentNoun } from '../appointments/noun.ts'
import { confirmationNoun } from '../consultations/confirmation-noun.ts'
import { formNoun } from '../consultations/form-noun.ts'
import { correctionNoun } from '../corrections/noun.ts'
import { flagNoun } from '../flags/noun.ts'
import { templateNoun } from '../flags/template-noun.ts'
import { moderationNoun } from '../moderation/noun.ts'
import { rulingNoun } from '../polls/ruling-noun.ts'
import { replyNoun } from '../replies/noun.ts'
import { suggestionNoun } from '../suggestions/noun.ts'
import { withholdingNoun } from '../withholdings/noun.ts'

/** All that acts are done to: an audit folds each of them again. */
export const nouns: readonly Noun<any, any>[] = [
  appointmentNoun,
  accountNoun,
  flagNoun,
  templateNoun,
  suggestionNoun,
  withholdingNoun,
  confirmationNoun,
  replyNoun,
  formNoun,
  rulingNoun,
  moderationNoun,
  correctionNoun,
]
