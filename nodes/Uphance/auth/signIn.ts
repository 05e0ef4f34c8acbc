import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { bearerHeader, createSender, passwordGrant, refreshTokenGrant } from './oauth';
import { switchForNewSession } from '../organisation/organisationLock';
import {
	InvalidPasswordError,
	SignInError,
	missingFieldError,
	rememberSignInError,
	unexpectedResponseError,
} from './errors';
import { resolveOrganisation, parseOrganisations } from '../organisation/organisations';
import { requiresPasswordGrant, markPasswordVerified } from './credentialTest';
import type { Session } from './session';
import { isExpired, readSession } from './session';
import type { CredentialData } from './credential';
import { credentialFingerprint, parseCredential, userKey } from './credential';
import type { SendRequest } from './oauth';

/** Sign-ins under way and the newest session, each by fingerprint: executions that start at once sign in once. */
const inFlight = new Map<string, Promise<Session>>();
const latestSessions = new Map<string, Session>();

/** A refused password is not sent again for a minute, or every item of every workflow would, until the user is locked out. */
const invalidPasswords = new Map<string, { error: InvalidPasswordError; until: number }>();
const lockoutMs = 60_000;

interface SignInAttempt {
	credential: CredentialData;
	send: SendRequest;
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
	credentialData: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	return await renewSession(this, credentialData).catch((error: unknown) => {
		if (error instanceof SignInError) rememberSignInError(credentialData, error);
		throw error;
	});
}

async function renewSession(
	helper: IHttpRequestHelper,
	credentialData: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const credential = parseCredential(credentialData);
	if (credential.email === '') throw missingFieldError('Email');
	if (credential.password === '') throw missingFieldError('Password');
	const attempt: SignInAttempt = {
		credential,
		send: createSender(credential, helper),
		onPasswordAccepted: () => markPasswordVerified(credentialData),
	};

	const stored = readSession(credentialData);
	if (requiresPasswordGrant(credentialData)) return toCredentialData(await createSession(attempt));
	if (stored && (await isAccepted(attempt, stored))) return {};
	return toCredentialData(await getSession(attempt, stored));
}

const toCredentialData = (session: Session): IDataObject => ({ sessionToken: JSON.stringify(session) });

async function getSession(attempt: SignInAttempt, stored: Session | undefined): Promise<Session> {
	const fingerprint = credentialFingerprint(attempt.credential);
	const pending = inFlight.get(fingerprint);
	if (pending) return await pending;
	const invalid = invalidPasswords.get(fingerprint);
	if (invalid && invalid.until > Date.now()) throw invalid.error;
	const session = reuseOrCreateSession(attempt, stored)
		.catch((error: unknown) => rememberInvalidPassword(fingerprint, error))
		.finally(() => inFlight.delete(fingerprint));
	inFlight.set(fingerprint, session);
	return await session;
}

function rememberInvalidPassword(fingerprint: string, error: unknown): never {
	if (error instanceof InvalidPasswordError)
		invalidPasswords.set(fingerprint, { error, until: Date.now() + lockoutMs });
	throw error;
}

async function reuseOrCreateSession(attempt: SignInAttempt, stored: Session | undefined): Promise<Session> {
	const other = latestSessions.get(credentialFingerprint(attempt.credential));
	if (other && other.accessToken !== stored?.accessToken && (await isAccepted(attempt, other))) {
		await switchOrganisation(attempt, other.accessToken, other.organisation.id);
		return other;
	}
	const last = other && other.expiresAt >= (stored?.expiresAt ?? 0) ? other : stored;
	return await createSession(attempt, last && isExpired(last, Date.now()) ? last.refreshToken : undefined);
}

/** Anything but a refusal leaves the session alone: an outage is no reason to sign in. */
async function isAccepted(attempt: SignInAttempt, session: Session): Promise<boolean> {
	if (isExpired(session, Date.now())) return false;
	try {
		await attempt.send('list the organisations', '/organisations', bearerHeader(session.accessToken));
		return true;
	} catch (error) {
		return !(error instanceof SignInError && error.failure.status === 401);
	}
}

async function createSession(attempt: SignInAttempt, refreshToken?: string): Promise<Session> {
	const { credential, send } = attempt;
	let token = refreshToken ? await refreshTokenGrant(send, refreshToken) : undefined;
	if (!token) {
		token = await passwordGrant(send, credential);
		attempt.onPasswordAccepted();
	}
	const action = 'list the organisations';
	const organisations = parseOrganisations(await send(action, '/organisations', bearerHeader(token.accessToken)));
	if (!organisations) throw unexpectedResponseError(action);
	const organisation = resolveOrganisation(credential.organisationId, organisations);
	await switchOrganisation(attempt, token.accessToken, organisation.id);
	const session: Session = { ...token, organisation, fingerprint: credentialFingerprint(credential) };
	latestSessions.set(session.fingerprint, session);
	invalidPasswords.delete(session.fingerprint);
	return session;
}

async function switchOrganisation(
	{ credential, send }: SignInAttempt,
	accessToken: string,
	own: number,
): Promise<void> {
	await switchForNewSession(userKey(credential), accessToken, own, async (organizationId) => {
		await send('register the organisation', '/organisations/set_current_org', {
			...bearerHeader(accessToken),
			method: 'POST',
			body: { organizationId },
		});
	});
}
