import { BaseSequencer, type TestSpecification } from 'vitest/node'

const LONG =
  /permissions\/matrix|import\/casework|publications\/real-cities|audit\/audit|disk-full|hung-database/

/** A long file that begins among the last is waited for; the first run on a machine does not know which are long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => Number(LONG.test(moduleId))
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder
    return sorted.toSorted((a, b) => group(a) - group(b) || isLong(b) - isLong(a))
  }
}
