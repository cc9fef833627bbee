/** While a persisted cache is being read nobody asks: what it brings may make the first request unnecessary. */
export const subscribeLater = () => () => {}
