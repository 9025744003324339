import type { Deployment } from '#shared/deployment.ts'
import type { WorkMembers } from '#shared/work.ts'
import { deployments } from '../live/deployment.svelte.ts'
import { Asked } from './asked.svelte.ts'

/** Members for who answers and appoints, also of dimensions that the city has not opened; what is opened until they are told. */
export class EveryMember {
  readonly #store = deployments()
  readonly #told = new Asked<WorkMembers>()
  readonly members: Deployment['members'] = $derived({
    ...this.#store.deployment?.members,
    ...this.#told.answer,
  })

  /** Answers how to stop asking. */
  open(): () => void {
    return this.#told.open('/work/members')
  }
}
