/** Text that is no mathematics read here; the message says what was in the way and where. Never a judgement of it. */
export class Unparsed extends Error {}
