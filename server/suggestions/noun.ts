import {
  nextSuggestion,
  type Suggestion,
  type SuggestionDeed,
} from '#shared/oversight/suggestion.ts'
import type { Noun } from '../acts/noun.ts'

/** Lies where its observer said, with the agency that has it now. */
export const suggestionNoun: Noun<Suggestion, SuggestionDeed> = {
  name: 'suggestion',
  next: nextSuggestion,
  placeOf(before, deed) {
    const { agency, area, category } = deed.kind === 'suggestion.submitted' ? deed.body : before!
    return { agency, area, category }
  },
}
