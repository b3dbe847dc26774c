/** Lets other things happen before a long work goes on; in Node and in a browser alike. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
