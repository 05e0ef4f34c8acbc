/** What nobody outside Uphance knows (uphance-api.md 11), as switches; the defaults are its section 12. */
export interface Switches {
	/** Whether the current organisation hangs on the user or on the token (uphance-api.md 2.7). */
	organisationState: 'user' | 'token';
	/** What lists answer when no organisation was ever set. */
	withoutOrganisation: 'empty' | 'forbidden';
	/** Status of a refused sign-in: newer Doorkeepers say 400, older ones 401. */
	refusedSignIn: 400 | 401;
	/** Whether using a refresh token ends it. */
	refreshRotates: boolean;
	/** Uphance's page of 2019 shows order numbers as numbers, that of 2026 as text. */
	orderNumber: 'text' | 'number';
	/** The ending of timestamps; both are seen. */
	timestamps: 'Z' | '+00:00';
}

export const defaults: Switches = {
	organisationState: 'user',
	withoutOrganisation: 'empty',
	refusedSignIn: 400,
	refreshRotates: true,
	orderNumber: 'text',
	timestamps: 'Z',
};
