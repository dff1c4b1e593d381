/** Why a button cannot be used, from the API's "true, or the reason why not"; undefined when it can. */
export function whyNotOf(permit: true | string | undefined): string | undefined {
  return permit === true ? undefined : (permit ?? "Loading what you may do.");
}
