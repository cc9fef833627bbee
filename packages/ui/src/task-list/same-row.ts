function isSameShallow(before: unknown, now: unknown): boolean {
  if (Object.is(before, now)) return true
  if (typeof before !== 'object' || typeof now !== 'object' || before === null || now === null) return false
  const names = Object.keys(before)
  return (
    names.length === Object.keys(now).length &&
    names.every((name) => Object.is(Reflect.get(before, name), Reflect.get(now, name)))
  )
}

/** Compared by what is in them, because they are often written as literals. */
const literals = ['classNames', 'labels']
/** Counts when a row appears, and never after. */
const initial = 'asksAtOnce'

/** Whether a row would look the same. */
export function isSameRow<Props extends object>(before: Props, now: Props): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(now)])
  names.delete(initial)
  return [...names].every((name) => {
    const [a, b]: unknown[] = [Reflect.get(before, name), Reflect.get(now, name)]
    return literals.includes(name) ? isSameShallow(a, b) : Object.is(a, b)
  })
}
