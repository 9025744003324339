import type { Dimension } from '#shared/ticket.ts'
import type { At, ViewSpec } from '#shared/view.ts'
import type { DeploymentStore } from '../live/deployment.svelte.ts'
import { Address } from '../router/address.svelte.ts'
import {
  type Filter,
  formatSelection,
  narrowTo,
  parseSelection,
  type Selection,
  type Switch,
  toggleFilter,
  widenBy,
  withSwitch,
} from './selection.ts'

/** A board of one member: what its path says, whatever its query does. */
export interface Ground {
  filter: Filter
  /** Asked beside the board's own views, and in the place of one of the same name. */
  views(selection: Selection): ViewSpec[]
  /** Where another member of the same dimension has its board. */
  goTo(code: string): void
}

/** What the reader has chosen to see: the page's address says it, so that a link reproduces it. */
export class Choice {
  readonly #address = new Address()
  readonly #deployments: DeploymentStore
  readonly ground: Ground | undefined

  /** With what the path narrows to; undefined before the city is known. */
  readonly selection: Selection | undefined = $derived.by(() => {
    const { deployment } = this.#deployments
    return (
      deployment && narrowTo(parseSelection(this.#address.query, deployment), this.ground?.filter)
    )
  })

  constructor(deployments: DeploymentStore, ground?: Ground) {
    this.#deployments = deployments
    this.ground = ground
  }

  /** The dimension that the path narrows, which nothing on the page can take off. */
  get fixed(): Dimension | undefined {
    return this.ground?.filter.dimension
  }

  /** What the reader has narrowed to, and can widen again. */
  get filters(): readonly Filter[] {
    return this.selection ? widenBy(this.selection, this.fixed).filters : []
  }

  select(change: Partial<Selection>): void {
    if (this.selection) this.#address.push(this.#format({ ...this.selection, ...change }))
  }

  /** On a member's page, another one of its dimension is another page. */
  toggle(filter: Filter): void {
    if (filter.dimension === this.fixed) this.ground?.goTo(filter.code)
    else if (this.selection) this.select(toggleFilter(this.selection, filter))
  }

  /** The consultation that is shown closer. */
  get consultation(): string | undefined {
    return this.selection?.consultation
  }

  shows(one: Switch): boolean {
    return this.selection?.show.includes(one) ?? false
  }

  /** A step to go back from; none where it is shown so already. */
  show(one: Switch, isOn: boolean): void {
    if (this.selection) this.select(withSwitch(this.selection, one, isOn))
  }

  toggleShown(one: Switch): void {
    this.show(one, !this.shows(one))
  }

  get isNarrowed(): boolean {
    return this.filters.length > 0 || this.consultation !== undefined
  }

  /** Shows another consultation closer, or the one that is so no more. */
  toggleConsultation(code: string): void {
    this.select({ consultation: code === this.consultation ? undefined : code })
  }

  /** Leaves the consultation; else takes the last filter off. */
  widen(): void {
    if (this.consultation !== undefined) this.select({ consultation: undefined })
    else this.select({ filters: this.filters.slice(0, -1) })
  }

  widenAll(): void {
    this.select({ filters: [], consultation: undefined })
  }

  backToNow(): void {
    this.select({ at: undefined })
  }

  /** The address of this view: live, or of the past moment shown. */
  link(): string | undefined {
    return this.selection && this.#linkTo(this.selection)
  }

  /** The address of this view as it was at a moment, for ever. */
  momentLink(at: At): string | undefined {
    return this.selection && this.#linkTo({ ...this.selection, at })
  }

  /** Puts into the address what is shown, where it said something else. */
  correct(): void {
    if (this.selection) this.#address.correct(this.#format(this.selection))
  }

  #linkTo(selection: Selection): string {
    return location.origin + location.pathname + this.#format(selection)
  }

  #format(selection: Selection): string {
    return formatSelection(widenBy(selection, this.fixed))
  }
}
