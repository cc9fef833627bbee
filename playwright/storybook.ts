// Another port lets two working copies be tested at once.
export const storybookPort = Number(process.env.KIEKIT_STORYBOOK_PORT ?? 6116)

/** Where the built Storybook is served during the tests. */
export const storybook = `http://127.0.0.1:${storybookPort}`
