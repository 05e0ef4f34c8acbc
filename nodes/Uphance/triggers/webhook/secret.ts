import { createHash, timingSafeEqual } from 'crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { isDataObject } from '../../http/json';

/**
 * Checks the secret in the URL that was called.
 *
 * @param options the values of the node's Options
 * @returns undefined if it is right, or if the user set none; otherwise the reason to refuse the call
 */
export function checkSecret(context: IWebhookFunctions, options: IDataObject): string | undefined {
	const typed: unknown = context.getNode().parameters.options;
	if (!isDataObject(typed) || typed.secret === undefined || typed.secret === '') return undefined;
	const secret = typeof options.secret === 'string' || typeof options.secret === 'number' ? String(options.secret) : '';
	if (secret.trim() === '') return "'Secret' is empty. Correct it, or remove the option";
	const accepted = [secret, secret.trim(), decode(secret.trim())];
	const given = givenSecrets(context.getRequestObject().url);
	// Compares all before it looks at a result, so that the time says nothing about the secret.
	const results = given.flatMap((text) => accepted.map((own) => timingSafeEqualText(own, text)));
	if (results.includes(true)) return undefined;
	const hint = secret.includes('#') ? '. Write # as %23 in the URL' : '';
	return `the secret in the URL is ${given.length === 0 ? 'missing' : 'wrong'}${hint}`;
}

/**
 * Returns everything that ?secret= in a URL can mean. A user may paste a secret as it is or URL-encoded, and Uphance may
 * encode a part of it: "+" can be a plus or a space, and "&" can be the beginning of another parameter.
 */
function givenSecrets(url: string): string[] {
	const query = url.split('?').slice(1).join('?');
	const [parameter, ...more] = query.matchAll(/(?:^|&)secret=/g);
	if (!parameter || more.length > 0) return [];
	const toTheEnd = query.slice(parameter.index + parameter[0].length);
	const [toTheNext = ''] = toTheEnd.split('&');
	return [toTheEnd, toTheNext].flatMap((raw) => [raw, decode(raw), decode(raw.replaceAll('+', ' '))]);
}

/** Decodes the characters that are URL-encoded and leaves everything else as it is, such as the "%" in "50%off". */
const decode = (text: string): string =>
	text.replace(/%[0-7][\da-f]|%[c-f][\da-f](?:%[89ab][\da-f])+/gi, (encoded) => {
		try {
			return decodeURIComponent(encoded);
		} catch {
			return encoded;
		}
	});

const sha256 = (text: string): Buffer => createHash('sha256').update(text.normalize('NFC')).digest();

/** Returns whether two texts are equal. Takes the same time for all texts, so that a secret cannot be guessed. */
const timingSafeEqualText = (expected: string, actual: string): boolean =>
	timingSafeEqual(sha256(expected), sha256(actual));
