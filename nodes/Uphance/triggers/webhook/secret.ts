import { createHash, timingSafeEqual } from 'crypto';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time, whatever the lengths. */
export const timingSafeEqualText = (wanted: string, given: unknown): boolean =>
	timingSafeEqual(sha256(wanted), sha256(typeof given === 'string' ? given : ''));
