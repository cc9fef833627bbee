/** A class name, or a function of the component's state that gives one. */
export type ClassName<State extends string> = string | ((state: State) => string | undefined) | undefined

/** Classes for the parts of a component, by the part's name. */
export type ClassNames<Part extends string, State extends string> = { [Name in Part]?: ClassName<State> }

/** Joins the classes that are there. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}

/** The text of a class name that may be a function of the state. */
export function classNameOf<State extends string>(name: ClassName<State>, state: State): string | undefined {
  return typeof name === 'function' ? name(state) : name
}

export interface PartProps<State extends string> {
  className: string
  'data-slot': string
  'data-state': State
}

/**
 * The attributes that each part of a component carries: `data-slot`, `data-state` and its classes, ours before the
 * caller's. `kie:part` is the clean slate of `styles.css`, and `kie:shape` that of shapes inside an SVG, whose geometry
 * counts as style and must not be wiped.
 */
export function partsOf<Part extends string, State extends string>(
  root: string,
  state: State,
  classNames: ClassNames<Part, State> | undefined,
) {
  return (part: Part, ours?: string, slate: 'kie:part' | 'kie:shape' = 'kie:part'): PartProps<State> => ({
    className: classes(slate, ours, classNameOf(classNames?.[part], state)),
    'data-slot': `${root}-${part}`,
    'data-state': state,
  })
}
