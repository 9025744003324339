import type {
  FoundPage,
  GroupDetail,
  GroupPage,
  ToldGroup,
  ToldWording,
} from '#shared/consultations/told-groups.ts'
import { NONE } from '#shared/view.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { FoundRow, ListedGroup, ListedWording } from './reading-queries.ts'

interface Telling {
  limit: number
  directory: Directory
}

export function toldGroups(
  found: readonly ListedGroup[],
  texts: readonly ListedWording[],
  { limit, directory }: Telling,
): GroupPage {
  const page = found.slice(0, limit)
  const byGroup = Map.groupBy(texts, ({ group }) => group)
  return {
    groups: page.map((one) => toldGroup(one, byGroup.get(one.id) ?? [], directory)),
    next: nextOf(found, limit),
  }
}

export function toldDetail(
  group: ListedGroup,
  texts: readonly ListedWording[],
  { limit, directory }: Telling,
): GroupDetail {
  return { ...toldGroup(group, texts.slice(0, limit), directory), next: nextOf(texts, limit) }
}

export function toldFound(found: readonly FoundRow[], { limit, directory }: Telling): FoundPage {
  const page = found.slice(0, limit)
  return {
    found: page.map((one) => ({
      ...toldWording(one, directory),
      group: one.group,
      at: one.receivedAt,
      provision: codeOf(directory, one.provision),
      stance: one.stance,
    })),
    next: found.length > limit ? String(page.at(-1)!.id) : null,
  }
}

function toldGroup(
  { id, comments, wordings, firstAt, lastAt, provision, seq }: ListedGroup,
  texts: readonly ListedWording[],
  directory: Directory,
): ToldGroup {
  return {
    ...{ id, comments, wordings, firstAt, lastAt, seq },
    provision: codeOf(directory, provision),
    texts: texts.map((one) => toldWording(one, directory)),
  }
}

const toldWording = (one: ListedWording, directory: Directory): ToldWording => ({
  text: one.text,
  proposal: one.proposal,
  language: codeOf(directory, one.language),
  comments: one.comments,
})

function nextOf(found: readonly { comments: number; id: number }[], limit: number): string | null {
  const last = found[limit - 1]
  return found.length > limit && last ? `${last.comments}_${last.id}` : null
}

function codeOf(directory: Directory, id: number): string | null {
  const code = directory.codeOf(directory.rootOf(id))
  return code === NONE ? null : code
}
