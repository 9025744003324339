import {
  type Comment,
  type CommentAxis,
  commentAxes,
  type CommentGroup,
  type Participation,
} from '#shared/consultations/comment.ts'
import {
  contributeComment,
  contributeGroup,
  contributeParticipation,
} from '#shared/measures/comments.ts'
import { addTo, type Combination, type Delta } from './delta.ts'

/** Adds what a comment contributes now, or takes away what it contributed before. */
export function addComment(delta: Delta, comment: Comment, sign: 1 | -1): void {
  contributeComment(comment, addTo(delta, combinationOfComment(comment), sign))
}

/** The same of who took part. */
export function addParticipation(delta: Delta, participation: Participation, sign: 1 | -1): void {
  const add = addTo(delta, combinationOfParticipation(participation), sign)
  contributeParticipation(participation, add)
}

/** The same of comments that are nearly the same. */
export function addGroup(delta: Delta, group: CommentGroup, sign: 1 | -1): void {
  contributeGroup(group, addTo(delta, combinationOfComment(group), sign))
}

export const combinationOfComment = (comment: Record<CommentAxis, number>): Combination =>
  commentAxes.map((axis) => comment[axis])

/** Persons are told by consultation and provision alone. */
export const combinationOfParticipation = ({
  consultation,
  provision,
}: Participation): Combination => [consultation, 0, provision, 0, 0]
