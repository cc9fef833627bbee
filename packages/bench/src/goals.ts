/** What a measurement is held to. */
export interface Goal {
  what: string
  value: number
  least?: number
  most?: number
}

/** Prints the goals with what was reached, and ends the process: with 1 where one was missed or not measured. */
export function endByGoals(goals: Goal[]): never {
  const missed = goals.filter((goal) => !isReached(goal))
  console.log('\nGoals')
  for (const goal of goals) {
    const { what, value, least, most } = goal
    const bounds = [least !== undefined && `at least ${least}`, most !== undefined && `at most ${most}`].filter(Boolean)
    console.log(`${isReached(goal) ? 'reached' : 'MISSED '}  ${what}: ${value.toPrecision(4)} (${bounds.join(', ')})`)
  }
  process.exit(missed.length > 0 ? 1 : 0)
}

function isReached({ value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Goal): boolean {
  return value >= least && value <= most
}
