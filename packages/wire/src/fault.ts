/** A fault: its HTTP status, and its English text with holes in braces. */
export const fault = <S extends string>(status: number, text: S) => ({ status, text })
