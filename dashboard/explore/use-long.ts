import { useEffect, useState } from "react";

const LONG_MS = 2500;

/** True once somebody has waited long enough to wonder. */
export function useLong(): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return long;
}
