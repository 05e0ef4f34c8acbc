import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { byPassword, byRefreshToken } from './grants';
import { registerNewSession } from '../organisation/organisationLock';
import { keepRefusal } from './lastRefusal';
import { chosenOrganisation, organisationsIn } from '../organisation/organisations';
import { mustProvePassword, passwordProved } from './credentialTest';
import { PasswordRefused, SignInRefused, refusedAnswer, refusedForm } from './errors';
import type { Session } from './session';
import { hasExpired, storedSession } from './session';
import type { SignInForm } from './credential';
import { fingerprintOf, signInForm, userOf } from './credential';
import type { Send } from './oauth';
import { bearer, sendTo } from './oauth';

/** Sign-ins under way and the newest session, each by fingerprint: executions that start at once sign in once. */
const underWay = new Map<string, Promise<Session>>();
const newest = new Map<string, Session>();

/** A refused password is not sent again for a minute, or every item of every workflow would, until the user is locked out. */
const refusals = new Map<string, { refusal: PasswordRefused; until: number }>();
const refusalHolds = 60_000;

interface SignIn {
	form: SignInForm;
	send: Send;
	onPasswordAccepted: () => void;
}

/**
 * n8n's `preAuthentication`: called when the session field is empty and when a request was answered 401. Returns the
 * field to store, or `{}` to keep what is stored: n8n's HTTP Request node then does not send a request again that
 * failed for another reason (n8n-platform.md 0a).
 *
 * @throws UserError that says what to do. A raw HTTP failure must not escape: n8n would sign in twice and hide the text.
 */
export async function signIn(
	this: IHttpRequestHelper,
	credential: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	return await renewal(this, credential).catch((error: unknown) => {
		if (error instanceof SignInRefused) keepRefusal(credential, error);
		throw error;
	});
}

async function renewal(helper: IHttpRequestHelper, credential: ICredentialDataDecryptedObject): Promise<IDataObject> {
	const form = signInForm(credential);
	if (form.email === '') throw refusedForm('Email');
	if (form.password === '') throw refusedForm('Password');
	const attempt: SignIn = { form, send: sendTo(form, helper), onPasswordAccepted: () => passwordProved(credential) };

	const stored = storedSession(credential);
	if (mustProvePassword(credential)) return toStore(await newSession(attempt));
	if (stored && (await isAlive(attempt, stored))) return {};
	return toStore(await sharedSession(attempt, stored));
}

const toStore = (session: Session): IDataObject => ({ sessionToken: JSON.stringify(session) });

async function sharedSession(attempt: SignIn, stored: Session | undefined): Promise<Session> {
	const fingerprint = fingerprintOf(attempt.form);
	const joined = underWay.get(fingerprint);
	if (joined) return await joined;
	const refused = refusals.get(fingerprint);
	if (refused && refused.until > Date.now()) throw refused.refusal;
	const session = takeOverOrRenew(attempt, stored)
		.catch((error: unknown) => rememberRefusal(fingerprint, error))
		.finally(() => underWay.delete(fingerprint));
	underWay.set(fingerprint, session);
	return await session;
}

function rememberRefusal(fingerprint: string, error: unknown): never {
	if (error instanceof PasswordRefused) refusals.set(fingerprint, { refusal: error, until: Date.now() + refusalHolds });
	throw error;
}

async function takeOverOrRenew(attempt: SignIn, stored: Session | undefined): Promise<Session> {
	const other = newest.get(fingerprintOf(attempt.form));
	if (other && other.accessToken !== stored?.accessToken && (await isAlive(attempt, other))) {
		await register(attempt, other.accessToken, other.organisation.id);
		return other;
	}
	const last = other && other.expiresAt >= (stored?.expiresAt ?? 0) ? other : stored;
	return await newSession(attempt, last && hasExpired(last, Date.now()) ? last.refreshToken : undefined);
}

/** Anything but a refusal leaves the session alone: an outage is no reason to sign in. */
async function isAlive(attempt: SignIn, session: Session): Promise<boolean> {
	if (hasExpired(session, Date.now())) return false;
	try {
		await attempt.send('list the organisations', '/organisations', bearer(session.accessToken));
		return true;
	} catch (error) {
		return !(error instanceof SignInRefused && error.answer.status === 401);
	}
}

async function newSession(attempt: SignIn, refreshToken?: string): Promise<Session> {
	const { form, send } = attempt;
	let token = refreshToken ? await byRefreshToken(send, refreshToken) : undefined;
	if (!token) {
		token = await byPassword(send, form);
		attempt.onPasswordAccepted();
	}
	const step = 'list the organisations';
	const organisations = organisationsIn(await send(step, '/organisations', bearer(token.accessToken)));
	if (!organisations) throw refusedAnswer(step);
	const organisation = chosenOrganisation(form.organisationId, organisations);
	await register(attempt, token.accessToken, organisation.id);
	const session: Session = { ...token, organisation, fingerprint: fingerprintOf(form) };
	newest.set(session.fingerprint, session);
	refusals.delete(session.fingerprint);
	return session;
}

async function register({ form, send }: SignIn, accessToken: string, own: number): Promise<void> {
	await registerNewSession(userOf(form), accessToken, own, async (organizationId) => {
		await send('register the organisation', '/organisations/set_current_org', {
			...bearer(accessToken),
			method: 'POST',
			body: { organizationId },
		});
	});
}
