/** The address of a custom emoji's picture. */
export const pictureOf = (id: string): string => `/api/v4/emoji/${id}/image`
