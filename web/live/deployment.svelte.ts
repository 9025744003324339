import { createContext } from 'svelte'
import type { Deployment } from '#shared/deployment.ts'
import { patience } from './redial.ts'

/** The site's one store, for whatever page is shown. */
export const [deployments, provideDeployments] = createContext<DeploymentStore>()

/** Names, opened dimensions and time zone of the deployment; asked again until answered. */
export class DeploymentStore {
  #deployment = $state.raw<Deployment>()
  #isFailing = $state.raw(false)
  #isLoading = false

  /** Undefined until the first answer. */
  get deployment(): Deployment | undefined {
    return this.#deployment
  }

  /** The last question was not answered. */
  get isFailing(): boolean {
    return this.#isFailing
  }

  /** Asks unless what is here is of this edition, or is being asked. */
  async refresh(edition?: number): Promise<void> {
    const isKnown = this.#deployment !== undefined && this.#deployment.edition === edition
    if (this.#isLoading || isKnown) return
    this.#isLoading = true
    for (let attempt = 0; this.#isLoading; attempt++) {
      const answer = await askDeployment()
      if (answer) this.#deployment = answer
      this.#isLoading = this.#isFailing = !answer
      if (!answer) await new Promise((resolve) => setTimeout(resolve, patience(500, attempt)))
    }
  }
}

async function askDeployment(): Promise<Deployment | undefined> {
  try {
    const answer = await fetch('/api/v1/deployment', { signal: AbortSignal.timeout(10_000) })
    return answer.ok ? ((await answer.json()) as Deployment) : undefined
  } catch {
    return undefined
  }
}
