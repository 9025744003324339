import type { ToldOpinions } from '#shared/polls/told.ts'
import { csvLine } from '../views/csv.ts'

const header = ['group', 'x', 'y', 'people']

/** A line for each place on the map of opinions: the groups are numbered from 1, the largest first. */
export const opinionsCsv = ({ points }: Pick<ToldOpinions, 'points'>): string =>
  [header, ...points.map(([group, ...rest]) => [group + 1, ...rest])].map(csvLine).join('')
