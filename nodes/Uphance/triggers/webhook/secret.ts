import { createHash, timingSafeEqual } from 'crypto';

const hashed = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time, whatever the lengths. */
export const isSameSecret = (wanted: string, given: unknown): boolean =>
	timingSafeEqual(hashed(wanted), hashed(typeof given === 'string' ? given : ''));
