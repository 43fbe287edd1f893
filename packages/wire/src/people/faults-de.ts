/** The German text of every fault of people. The compiler refuses a missing or an extra code. */
import type { peopleFaults } from './faults.ts'

export const peopleFaultsDe: Record<keyof typeof peopleFaults, string> = {
  'api.user.login.invalid_credentials_email_username':
    'Geben Sie eine gültige E-Mail-Adresse oder einen Benutzernamen und das Passwort ein.',
  'api.user.check_user_login_attempts.too_many.app_error':
    'Ihr Konto ist wegen zu vieler fehlgeschlagener Anmeldungen gesperrt. Bitte setzen Sie Ihr Passwort zurück.',
  'api.user.login.inactive.app_error':
    'Dieses Konto ist deaktiviert. Bitte wenden Sie sich an die Administration.',
  'signin.busy':
    'Im Moment melden sich zu viele Personen an. Bitte versuchen Sie es in ein paar Sekunden noch einmal.',
  'app.user.save.email_exists.app_error': 'Zu dieser E-Mail-Adresse gibt es schon ein Konto.',
  'app.user.save.username_exists.app_error': 'Diesen Benutzernamen gibt es schon.',
  'directory.unreachable':
    'Das Verzeichnis der Organisation antwortet gerade nicht, daher konnte Ihr Passwort nicht geprüft werden. Es liegt nicht an Ihrem Passwort. Bitte versuchen Sie es in einer Minute noch einmal.',
  'directory.password_expired':
    'Ihr Passwort ist abgelaufen. Bitte setzen Sie dort, wo Ihre Organisation das vorsieht, ein neues und melden Sie sich dann hier an.',
  'directory.locked':
    'Das Verzeichnis der Organisation hat Ihr Konto nach zu vielen falschen Passwörtern gesperrt. Bitte wenden Sie sich an Ihren Helpdesk.',
  'directory.refused':
    'Das Verzeichnis der Organisation lässt dieses Konto nicht zu. Bitte wenden Sie sich an Ihren Helpdesk.',
  'directory.no_id':
    'Ihr Eintrag im Verzeichnis der Organisation hat keine dauerhafte Kennung. Bitte sagen Sie es Ihrer Administration.',
  'directory.no_address':
    'Ihr Eintrag im Verzeichnis der Organisation hat keine gültige E-Mail-Adresse; daher bekommen Sie kein Konto. Bitte wenden Sie sich an Ihren Helpdesk.',
  'directory.address_taken':
    'Ein anderes Konto hat die E-Mail-Adresse Ihres Eintrags im Verzeichnis der Organisation. Konten werden nie über eine Adresse zusammengelegt: Stellen Sie jenes Konto in seinen Einstellungen auf das Verzeichnis um, oder wenden Sie sich an Ihren Helpdesk.',
  'api.user.update_user_auth.invalid_request':
    'So kann sich dieses Konto nicht anmelden: Der Dienst ist unbekannt, die Kennung fehlt, oder ein anderes Konto hat sie.',
  'ent.migration.migratetoldap.duplicate_field':
    'Mehrere Konten oder Einträge haben denselben Namen oder dieselbe Adresse: {names}. Mit „force“ bleiben sie, wie sie sind.',
  'ent.migration.migratetoldap.user_not_found':
    'Das Verzeichnis kennt diese Konten nicht: {names}. Mit „force“ bleiben sie, wie sie sind.',
  'directory.preview_first':
    'Bitte sehen Sie sich zuerst die Vorschau an (POST /api/plausch/directory/migration). Umgestellt wird nur, was Sie dort in der letzten Stunde gesehen haben.',
  'directory.secret_needed':
    'Server, Port oder Verschlüsselung ändern sich: Bitte geben Sie das Passwort des Dienstkontos neu ein. Das gespeicherte geht nur an den Server, für den es eingegeben wurde.',
  'directory.nothing_held': 'Die Bremse hält nichts zurück.',
  'directory.held_changed':
    'Was die Bremse zurückhält, hat sich inzwischen geändert. Bitte sehen Sie sich die Liste noch einmal an.',
  'directory.group_filter': 'Der Filter für Gruppen ist kein gültiger LDAP-Filter.',
  'ent.ldap.validate_filter.app_error': 'Der Filter für Personen ist kein gültiger LDAP-Filter.',
  'ent.ldap.validate_guest_filter.app_error': 'Der Filter für Gäste ist kein gültiger LDAP-Filter.',
  'ent.ldap.validate_admin_filter.app_error':
    'Der Filter für die Administration ist kein gültiger LDAP-Filter.',
  'model.config.is_valid.ldap_server': 'Das Verzeichnis braucht einen Server (LdapServer).',
  'model.config.is_valid.ldap_basedn': 'Das Verzeichnis braucht eine Basis (BaseDN).',
  'model.config.is_valid.ldap_email':
    'Das Verzeichnis braucht das Attribut der E-Mail-Adressen (EmailAttribute).',
  'model.config.is_valid.ldap_username':
    'Das Verzeichnis braucht das Attribut der Benutzernamen (UsernameAttribute).',
  'model.config.is_valid.ldap_id':
    'Das Verzeichnis braucht das Attribut der dauerhaften Kennungen (IdAttribute).',
  'model.config.is_valid.ldap_login_id':
    'Das Verzeichnis braucht das Attribut der Namen, mit denen sich Personen anmelden (LoginIdAttribute).',
  'ent.ldap.connection.test_failed': 'Das Verzeichnis lässt sich nicht benutzen: {reason}',
  'ent.ldap.disabled.app_error': 'Das Verzeichnis ist auf diesem Server abgeschaltet.',
  'ent.ldap_id_migrate.app_error':
    'Die Kennungen ließen sich nicht umstellen, daher wurde nichts geändert: {reason}',
  'ent.ldap.do_login.invalid_password.app_error': 'Das Passwort des Verzeichnisses stimmt nicht.',
  'ent.ldap.do_login.user_not_registered.app_error': 'Diesen Namen gibt es im Verzeichnis nicht.',
  'api.user.check_user_login_attempts.too_many_ldap.app_error':
    'Zu viele falsche Passwörter. Bitte warten Sie zehn Minuten bis zum nächsten Versuch.',
  'api.user.patch_user.login_provider_attribute_set.app_error':
    'Das Verzeichnis oder der Anmeldedienst der Organisation bestimmt dieses Feld; es lässt sich nur dort ändern.',
  'api.admin.add_certificate.parseform.app_error': 'Die Anfrage ist kein Formular mit einer Datei.',
  'api.admin.add_certificate.no_file.app_error': 'Das Formular hat im Feld „certificate“ keine Datei.',
  'api.admin.add_certificate.saving.app_error':
    'Die Datei ist kein Zertifikat oder Schlüssel in PEM-Form, den dieser Server benutzen kann.',
  'api.user.email_to_ldap.not_available.app_error':
    'Auf diesem Server wechseln Konten ihren Anmeldeweg nicht.',
  'api.user.ldap_to_email.not_available.app_error':
    'Auf diesem Server wechseln Konten ihren Anmeldeweg nicht.',
  'api.user.email_to_oauth.not_available.app_error':
    'Auf diesem Server wechseln Konten ihren Anmeldeweg nicht.',
  'api.user.oauth_to_email.not_available.app_error':
    'Auf diesem Server wechseln Konten ihren Anmeldeweg nicht.',
  'jobs.not_found': 'Diesen Auftrag gibt es nicht.',
  'api.job.unable_to_create_job.incorrect_job_type': 'Aufträge dieser Art hat dieser Server nicht.',
  'api.job.retrieve.nopermissions': 'Aufträge dieser Art dürfen Sie nicht sehen.',
  'app.job.request_cancellation.status.error': 'Dieser Auftrag ist schon zu Ende.',
  'api.job.status.invalid': 'Diesen Stand kann der Auftrag jetzt nicht bekommen.',
  'users.identity_taken': 'Ein anderes Konto hat diesen Weg zur Anmeldung schon.',
  'api.user.update_password.oauth.app_error':
    'Dieses Konto meldet sich über {service} an; sein Passwort lässt sich nur dort ändern.',
  'api.user.update_password.incorrect.app_error': 'Das bisherige Passwort stimmt nicht.',
  'api.user.login.not_verified.app_error':
    'Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse. Der Link steht in der Mail, die Sie bekommen haben.',
  'mfa.validate_token.authenticate.app_error': 'Der Code Ihrer App fehlt oder stimmt nicht.',
  'api.context.mfa_required.app_error':
    'Dieser Server verlangt einen zweiten Faktor. Bitte richten Sie ihn zuerst ein.',
  'mfa.mfa_disabled.app_error': 'Zweite Faktoren sind auf diesem Server abgeschaltet.',
  'mfa.activate.bad_token.app_error': 'Der Code stimmt nicht. Bitte versuchen Sie es mit dem nächsten.',
  'mfa.no_secret': 'Es gibt noch kein Geheimnis. Bitte erzeugen Sie zuerst eines.',
  'mfa.proof_needed':
    'Das braucht Ihren zweiten Faktor. Bitte melden Sie sich ab, mit einem Code Ihrer App wieder an, und wiederholen Sie es innerhalb von 15 Minuten.',
  'mfa.is_active': 'Ein zweiter Faktor ist schon in Gebrauch. Bitte schalten Sie ihn zuerst ab.',
  'mail.off':
    'Dieser Server verschickt keine Mails: Seine Administration hat keinen Mailserver, keinen Absender oder keine Adresse der Seite genannt.',
  'accounts.reset_off': 'Vergessene Passwörter setzt auf diesem Server die Administration neu.',
  'api.user.verify_email.bad_link.app_error':
    'Dieser Link zum Bestätigen einer E-Mail-Adresse ist ungültig. Bitte fordern Sie einen neuen an.',
  'api.user.verify_email.link_expired.app_error':
    'Dieser Link zum Bestätigen einer E-Mail-Adresse ist abgelaufen. Bitte fordern Sie einen neuen an.',
  'api.user.reset_password.invalid_link.app_error':
    'Dieser Link zum Setzen eines Passworts ist ungültig. Bitte fordern Sie einen neuen an.',
  'api.user.reset_password.link_expired.app_error':
    'Dieser Link zum Setzen eines Passworts ist abgelaufen. Bitte fordern Sie einen neuen an.',
  'app.desktop_token.validate.invalid':
    'Diese Anmeldung für die Desktop-App gilt nicht mehr. Bitte melden Sie sich noch einmal an.',
  'api.user.delete_user.not_enabled.app_error':
    'Auf diesem Server werden Konten deaktiviert, nicht endgültig gelöscht.',
  'users.username':
    'Ein Benutzername hat 1 bis 64 Kleinbuchstaben, Ziffern, Punkte, Binde- oder Unterstriche und ist nicht reserviert.',
  'users.email': 'Das ist keine gültige E-Mail-Adresse.',
  'users.locale': 'Diese Sprache ist nicht bekannt.',
  'users.not_found': 'Diese Person gibt es nicht.',
  'users.limit': 'Die von der Administration gesetzte Grenze von {max} aktiven Konten ist erreicht.',
  'users.limit_ask':
    'Die von der Administration gesetzte Grenze von {max} aktiven Konten ist erreicht. Bitte fragen Sie den Helpdesk: {desk}.',
  'model.user.is_valid.pwd_min_length.app_error': 'Das Passwort braucht mindestens {min} Zeichen.',
  'model.user.is_valid.pwd_max_length.app_error':
    'Das Passwort ist zu lang: Es darf {max} Bytes haben; Umlaute und andere Buchstaben außerhalb von A bis Z zählen als zwei oder mehr.',
  'sessions.common_password':
    'Dieses Passwort gehört zu denen, die zuerst geraten werden. Bitte wählen Sie ein anderes.',
  'model.user.is_valid.pwd_lowercase.app_error': 'Das Passwort braucht einen Kleinbuchstaben.',
  'model.user.is_valid.pwd_uppercase.app_error': 'Das Passwort braucht einen Großbuchstaben.',
  'model.user.is_valid.pwd_number.app_error': 'Das Passwort braucht eine Ziffer.',
  'model.user.is_valid.pwd_symbol.app_error': 'Das Passwort braucht ein Sonderzeichen.',
  'onboarding.closed':
    'Für ein neues Konto brauchen Sie eine Einladung. Bitte lassen Sie sich einen Einladungslink schicken.',
  'onboarding.invite': 'Dieser Einladungslink gilt nicht mehr. Bitte lassen Sie sich einen neuen schicken.',
  'onboarding.code':
    'Für das erste Konto braucht es den Einmalcode, den der Server beim Start ausgegeben hat.',
  'onboarding.disabled': 'Auf diesem Server können keine neuen Konten angelegt werden.',
  'onboarding.domain': 'In dieses Team kommt man nur mit einer E-Mail-Adresse von: {domains}.',
  'api.user.create_user.signup_link_invalid.app_error':
    'Diese Einladung gilt nicht mehr. Bitte lassen Sie sich eine neue schicken.',
  'api.user.create_user.signup_link_expired.app_error':
    'Diese Einladung ist abgelaufen. Bitte lassen Sie sich eine neue schicken.',
  'api.user.create_user.invalid_invitation_type.app_error':
    'Diese Einladung ist für eine andere Art von Konto: Gäste und Mitglieder werden getrennt eingeladen.',
  'api.team.add_user_to_team_from_invite.guest.app_error':
    'Gäste kommen nur mit einer Einladung für Gäste in ein Team.',
  'api.team.invite_members.disabled.app_error':
    'Einladungen per E-Mail sind auf diesem Server ausgeschaltet.',
  'api.team.invite_members.invalid_email.app_error':
    'Die Adresse {email} kann nicht eingeladen werden: Es ist keine, oder ihre Domain ist hier nicht erlaubt.',
  'app.email.rate_limit_exceeded.app_error':
    'Eine Person verschickt höchstens {max} Einladungen in der Stunde. Bitte laden Sie die anderen später ein.',
  'api.team.demote_user_to_guest.disabled.error': 'Gäste sind auf diesem Server ausgeschaltet.',
  'api.user.demote_user_to_guest.already_guest.app_error': 'Diese Person ist schon Gast.',
  'api.user.promote_guest_to_user.no_guest.app_error': 'Diese Person ist kein Gast.',
  'roles.guest': 'Ob jemand Gast ist, ändern keine Rollen: Machen Sie das Konto zum Gast oder zum Mitglied.',
  'api.team.invite_guests_to_channels.disabled.error': 'Gäste sind auf diesem Server ausgeschaltet.',
  'sessions.not_found': 'Diese Sitzung gibt es nicht.',
  'tokens.disabled': 'Persönliche Zugriffstokens sind auf diesem Server abgeschaltet.',
  'tokens.for_others':
    'Tokens für andere sind abgeschaltet (PlauschSettings.AdministratorsMayCreateTokensForOthers).',
  'tokens.not_found': 'Dieses Token gibt es nicht.',
  'roles.fixed': 'Was Administratoren des Servers dürfen, lässt sich nicht ändern.',
  'roles.unknown_permission': 'Ein Recht {name} gibt es nicht.',
  'roles.unknown': 'Die Rolle {name} gibt es nicht.',
  'roles.last_admin': 'Die letzte Person in der Administration muss es bleiben.',
  'preferences.foreign': 'Einstellungen können Sie nur für sich selbst ändern.',
  'preferences.limit': 'Es sind zu viele Einstellungen, oder sie sind zu groß.',
  'terms.off': 'Dieser Server hat keine Nutzungshinweise zu bestätigen.',
  'terms.not_found': 'Diese Nutzungshinweise gibt es nicht.',
  'terms.not_confirmed': 'Es wurden noch keine Nutzungshinweise bestätigt.',
  'preferences.not_found': 'Diese Einstellung gibt es nicht.',
  'presence.off': 'Der Online-Status ist auf diesem Server abgeschaltet.',
  'presence.custom_off': 'Eigene Statusmeldungen sind auf diesem Server abgeschaltet.',
  'presence.no_such_status': 'Diese Statusmeldung ist nicht unter den letzten.',
  'presence.end': 'Das Ende von „Nicht stören“ muss in der Zukunft liegen.',
}
