import { z } from 'zod'
import { Claim } from '#shared/oversight/evidence.ts'
import { onOfEvidence } from '#shared/oversight/on.ts'
import { publishAttachments } from '../attachments/publish.ts'
import { requireCorrected } from '../evidence/corrected.ts'
import type { EvidenceDesk } from '../evidence/desk.ts'
import { keep, weigh } from '../evidence/freeze.ts'
import type { Taking } from '../flags/act-routes.ts'
import { parse } from '../http/parse.ts'

/** So that what is wrong is named as a field of the form. */
const Claimed = z.strictObject({ claim: Claim })

/** What flags and suggestions take with them: evidence that was asked again, and files that were brought. */
export function takingFrom(desk: EvidenceDesk): Taking {
  return {
    async weigh(claim) {
      const { claim: read } = parse(Claimed, { claim })
      const weighed = await weigh(desk, read)
      const { hash, evidence, about } = weighed
      const { agency = null, area = null, category = null } = about
      const place = { agency, area, category }
      return {
        hash,
        kind: read.kind,
        on: onOfEvidence(evidence),
        about: place,
        picture: evidence.picture,
        keep: (trx, person) => keep(trx, weighed, person),
      }
    },
    requireCorrected: (trx, correction) => requireCorrected(trx, desk.markOf, correction),
    claimAttachments: (trx, person, hashes) => publishAttachments(trx, hashes, person),
  }
}
