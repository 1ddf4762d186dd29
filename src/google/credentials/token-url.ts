/** Google's token endpoint. A file's own `token_uri` is not believed: it could send the proof of who we are anywhere. */
export const GOOGLE_TOKEN_URL = 'https://oauth2.googleapis.com/token';
