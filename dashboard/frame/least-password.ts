/** Characters that the server asks for in a password. */
export const LEAST_PASSWORD = 10;
