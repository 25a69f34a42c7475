/** Addresses of model servers end up in config.json, the ledger and messages, so they must not carry a key. */

/** True when an address has a user, a password or a query. What is no address of a server is looked at as text. */
export function carriesSecret(address: string): boolean {
  if (!URL.canParse(address) || !/^https?:\/\//i.test(address)) return /[@?]/.test(address)
  const { username, password, search } = new URL(address)
  return Boolean(username || password || search)
}

export const secretInAddress =
  'the address must hold no user, password or query (?…): put the key into OPENAI_API_KEY; it is not shown here'
