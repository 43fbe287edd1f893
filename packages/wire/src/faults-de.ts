/** The German text of every fault. The compiler refuses a missing or an extra code. */
import type { FaultCode } from './faults.ts'
import { peopleFaultsDe } from './people/faults-de.ts'

export const faultsDe: Record<FaultCode, string> = {
  ...peopleFaultsDe,
  'api.context.404.app_error': 'Unter dieser Adresse gibt es nichts.',
  'api.context.permissions.app_error': 'Dazu fehlt Ihnen die Berechtigung.',
  'api.context.session_expired.app_error':
    'Ihre Sitzung ist ungültig oder abgelaufen. Bitte melden Sie sich neu an.',
  'api.context.invalid_body_param.app_error': 'Der Inhalt der Anfrage ist ungültig: {name}.',
  'api.context.invalid_url_param.app_error': 'Die Adresse ist ungültig: {name}.',
  'api.context.csrf.app_error': 'Die Anfrage kam nicht von einer Seite dieses Servers.',
  'api.context.request_body_too_large.app_error': 'Die Anfrage ist größer als {max} Bytes.',
  'api.context.uri_too_long.app_error': 'Die Adresse ist länger als {max} Zeichen.',
  'api.unsupported': 'Das bietet dieser Server nicht an: {reason}.',
  internal:
    'Auf dem Server ist etwas schiefgegangen. Mit der Anfragenummer kann die Administration den Fehler finden.',
  unavailable: 'Der Server erreicht seine Datenbank zurzeit nicht. Bitte versuchen Sie es noch einmal.',
  stopping: 'Der Server wird gerade beendet. Bitte versuchen Sie es gleich noch einmal.',
  'http.headers_too_large': 'Die Kopfzeilen der Anfrage sind zu groß.',
  'http.timeout': 'Die Anfrage kam nicht rechtzeitig.',
  'replies.too_many':
    'Der Server hat zurzeit zu viele große Antworten zu senden. Bitte versuchen Sie es noch einmal.',
  'storage.full':
    'Auf dem Server ist kein Speicherplatz mehr frei. Bitte sagen Sie der Administration Bescheid.',
  'storage.away': 'Der Server erreicht seinen Dateispeicher gerade nicht. Bitte noch einmal versuchen.',
  'storage.missing': 'Die Datei liegt nicht mehr im Dateispeicher.',
  'outgoing.busy':
    'Der Server wartet schon auf zu viele Antworten anderer Server. Bitte versuchen Sie es gleich noch einmal.',
  'limits.too_many_requests': 'Zu viele Anfragen. Bitte warten Sie {seconds} Sekunden.',

  'api.web_socket_router.bad_seq.app_error': 'Der Anfrage fehlt die laufende Nummer.',
  'api.web_socket_router.bad_action.app_error': 'Diese Aktion gibt es nicht.',
  'api.web_socket_router.no_action.app_error': 'Die Anfrage nennt keine Aktion.',
  'api.web_socket_router.not_authenticated.app_error': 'Die Verbindung ist nicht angemeldet.',

  'settings.unknown': 'Die Einstellung {name} gibt es nicht.',
  'settings.wrong_value': 'Die Einstellung {name} kann diesen Wert nicht annehmen. Möglich ist: {reason}.',
  'settings.below_path':
    'Die Einstellung {name} nimmt keinen Pfad hinter dem Rechnernamen an: Plausch braucht einen eigenen Namen, etwa https://chat.example.org.',
  'settings.fixed': 'Die Einstellung {name} ist durch die Umgebung des Servers festgelegt.',

  'api.user.authorize_oauth_user.unsupported.app_error':
    'Diesen Weg zur Anmeldung bietet dieser Server nicht an.',
  'api.user.authorize_oauth_user.invalid_state.app_error':
    'Diese Anmeldung hat nicht in diesem Browser begonnen, hat länger als zehn Minuten gedauert oder ist schon abgeschlossen. Bitte beginnen Sie noch einmal.',
  'api.user.authorize_oauth_user.missing.app_error':
    'Der Anmeldedienst hat nicht alles gesendet, was nötig ist. Bitte beginnen Sie noch einmal.',
  'api.user.authorize_oauth_user.service.app_error':
    'Der Anmeldedienst Ihrer Organisation ist im Moment nicht zu erreichen. Bitte versuchen Sie es in ein paar Minuten noch einmal.',
  'api.user.authorize_oauth_user.token_failed.app_error':
    'Der Anmeldedienst Ihrer Organisation hat eine Antwort gesendet, der dieser Server nicht trauen kann; deshalb wurde niemand angemeldet.',
  'api.user.authorize_oauth_user.saml_response_too_long.app_error':
    'Die Antwort des Anmeldedienstes ist zu lang.',
  'api.admin.saml.not_available.app_error': 'SAML ist auf diesem Server nicht eingerichtet.',
  'api.admin.saml.failure_get_metadata_from_idp.app_error':
    'Dies sind keine Metadaten eines Anmeldedienstes mit Entity-ID, Adresse zur Anmeldung per Redirect und Zertifikat, oder sie sind nicht zu erreichen.',
  'namespaces.not_found': 'Diese Regel gibt es nicht.',
  'namespaces.name': 'Geben Sie der Regel einen Namen.',
  'namespaces.base': 'Der Zweig liegt nicht unter der Basis des Verzeichnisses (BaseDN).',
  'namespaces.nothing':
    'Die Regel täte nichts: Lassen Sie sie Teams, Kanäle oder Gruppen zum Erwähnen anlegen.',
  'namespaces.team': 'Kanäle brauchen ein Team, das nicht archiviert ist.',
  'namespaces.take_over':
    'Ein Eintrag kann dieses Team oder diesen Kanal nicht mehr übernehmen. Bitte sehen Sie sich die Vorschau noch einmal an.',
  'namespaces.changed': 'Jemand anderes hat diese Regel inzwischen geändert. Bitte öffnen Sie sie neu.',
  'namespaces.made':
    'Die Regel hat schon etwas angelegt und kann daher nichts anderes anlegen. Bitte legen Sie eine zweite an.',
  'namespaces.too_many': 'Es gibt schon {max} Regeln.',
  'sso.group_not_found': 'Kein Anmeldedienst hat diese Gruppe genannt.',
  'sso.denied': 'Der Anmeldedienst hat Sie nicht eingelassen, oder Sie haben dort abgebrochen.',
  'sso.no_address':
    'Der Anmeldedienst hat Ihre E-Mail-Adresse nicht mitgeteilt; deshalb können Sie kein Konto bekommen.',
  'sso.unproven_address':
    'Neue Konten gibt es nur für E-Mail-Adressen bestimmter Domänen, und der Anmeldedienst sagt nicht, dass Sie die Post Ihrer Adresse lesen.',
  'sso.address_is_no_id':
    'Der Anmeldedienst nennt Personen bei ihrer E-Mail-Adresse, die auf eine andere Person übergehen kann. Die Administration muss ein anderes Attribut wählen, an dem dieser Server Personen erkennt.',
  'sso.first':
    'Dieser Server ist noch nicht eingerichtet: Das erste Konto entsteht auf dem Server selbst, mit einem Passwort.',
  'sso.code': 'Diese Anmeldung gilt nicht mehr. Bitte beginnen Sie in der App noch einmal.',
  'sso.sign_in_again':
    'Bitte melden Sie sich bei Ihrem Anmeldedienst noch einmal an, und wiederholen Sie dies innerhalb von zehn Minuten: Ihr Konto bekommt damit einen anderen Weg zur Anmeldung.',
  'sso.not_fresh':
    'Der Anmeldedienst hat nicht gesagt, dass Sie sich dort gerade angemeldet haben; deshalb ist nicht bewiesen, dass Ihr Konto Ihnen gehört.',
  'sso.secret_needed':
    'Die Adresse des Anmeldedienstes ({section}) ändert sich. Bitte geben Sie sein Geheimnis neu ein: Ein gespeichertes geht nur an den Dienst, für den es eingegeben wurde.',
  'sso.discovery_address':
    'Die Adresse der Metadaten beginnt mit https:// und endet mit /.well-known/openid-configuration.',
  'sso.discovery_failed': 'Der Anmeldedienst ist so nicht zu gebrauchen: {reason}',
  'sso.setting_needed': 'Die Anmeldung über einen Dienst braucht einen gültigen Wert von {name}.',
  'api.invalid_redirect_url': 'Die Adresse, zu der es zurückgehen soll, gehört nicht zu diesem Server.',
  'api.invalid_custom_url_scheme': 'Die App, zu der es zurückgehen soll, ist keine, die dieser Server kennt.',
  'api.user.create_oauth_user.already_attached.app_error':
    'Ein anderes Konto hat Ihre E-Mail-Adresse schon. Konten werden nie nach der Adresse zusammengelegt: Melden Sie sich an jenem Konto an und stellen Sie es in seinen Einstellungen auf den Anmeldedienst um, oder fragen Sie den Helpdesk.',
  'api.user.oauth_to_email.context.app_error':
    'Nur wer als Inhaberin oder Inhaber eines Kontos angemeldet ist, kann ihm ein Passwort geben.',
  'teams.not_found': 'Dieses Team gibt es nicht.',
  'teams.name':
    'Die Adresse eines Teams hat 2 bis 64 Kleinbuchstaben, Ziffern oder Bindestriche, beginnt und endet ohne Bindestrich und ist nicht reserviert.',
  'app.team.save.existing.app_error': 'Ein Team mit dieser Adresse gibt es schon.',
  'teams.full': 'Das Team hat seine Grenze von {max} Mitgliedern erreicht.',
  'teams.member_not_found': 'Diese Person ist nicht im Team.',
  'teams.primary': 'Das Team, zu dem alle gehören, kann niemand verlassen.',
  'teams.unproven':
    'In dieses Team kommt nur, wessen E-Mail-Adresse bestätigt ist. Bitte bestätigen Sie Ihre, oder lassen Sie sich von der Administration hinzufügen.',
  'teams.archived': 'Das Team ist archiviert.',
  'requests.off': 'Auf diesem Server lassen sich keine Teams beantragen.',
  'requests.not_found': 'Diesen Antrag gibt es nicht.',
  'requests.guest': 'Gäste können keine Teams beantragen.',
  'requests.purpose': 'Sagen Sie, wofür das Team ist.',
  'requests.reason': 'Nennen Sie einen Grund.',
  'requests.owner': 'Ein Team gehört aktiven Konten von Personen, die keine Gäste sind.',
  'requests.no_owner':
    'Niemand von denen, denen das Team gehören soll, ist noch aktiv. Lehnen Sie den Antrag mit einem Wort dazu ab.',
  'requests.too_many':
    'Sie haben {max} offene Anträge. Warten Sie auf eine Entscheidung, oder ziehen Sie einen zurück.',
  'requests.too_often': 'Sie können höchstens {max} Anträge in der Stunde stellen.',
  'requests.moved': 'Diesen Antrag hat schon jemand bearbeitet. Sehen Sie ihn noch einmal an.',
  'requests.directory_away':
    'Das Verzeichnis der Organisation antwortet gerade nicht, deshalb ist nicht bekannt, wer die Gruppe leitet. Bitte versuchen Sie es in einer Minute noch einmal.',
  'requests.no_review': 'Zu diesem Team ist nichts gefragt, oder es ist schon beantwortet.',
  'requests.owned': 'Dieses Team gehört jemandem, der aktiv ist.',
  'guests.not_found': 'Diesen Gast gibt es nicht.',
  'guests.past': 'Der letzte Tag eines Gastes muss in der Zukunft liegen.',

  'channels.not_found': 'Diesen Kanal gibt es nicht.',
  'channels.name':
    'Die Adresse eines Kanals hat 1 bis 64 Kleinbuchstaben, Ziffern, Binde- oder Unterstriche.',
  'store.sql_channel.save_channel.exists.app_error': 'Einen Kanal mit dieser Adresse gibt es im Team schon.',
  'channels.limit': 'Das Team hat seine Grenze von {max} Kanälen erreicht.',
  'channels.member_not_found': 'Diese Person ist nicht im Kanal.',
  'channels.not_in_team': 'In einen Kanal kann nur, wer in seinem Team ist.',
  'channels.default':
    'Zu {name} gehören alle: Der Kanal kann nicht verlassen, archiviert oder privat gemacht werden.',
  'channels.no_conversation': 'Das gibt es nur in Gesprächen zwischen Personen.',
  'channels.direct': 'Das geht in einem Gespräch zwischen Personen nicht.',
  'channels.archived': 'Der Kanal ist archiviert.',
  'channels.group_size': 'Ein Gruppengespräch hat 3 bis 8 Personen.',
  'channels.direct_team_only': 'Auf diesem Server können Sie nur Personen aus Ihren Teams schreiben.',
  'categories.not_found': 'Diese Kategorie gibt es nicht.',
  'categories.fixed': 'Diese Kategorie kann weder gelöscht noch umbenannt werden.',
  'categories.channels': 'Eine Kategorie kann nur Ihre eigenen Kanäle dieses Teams enthalten.',

  'pictures.none': 'Die Anfrage bringt kein Bild mit.',
  'pictures.unreadable': 'Dieses Bild ist nicht lesbar: Nehmen Sie PNG, JPEG, GIF oder WebP.',
  'pictures.absent': 'Es gibt kein Bild.',

  'files.not_found': 'Diese Datei gibt es nicht.',
  'files.disabled': 'Dateien sind auf diesem Server abgeschaltet.',
  'files.too_large': 'Die Datei ist größer als {max} Bytes.',
  'files.image_too_large': 'Das Bild hat mehr als {max} Bildpunkte.',
  'files.channel_first':
    'Haben Dateien zusammen mehr als {max} Bytes, muss das Formular ihren Kanal vor ihnen nennen.',
  'files.none': 'Die Anfrage bringt keine Datei mit.',
  'files.no_preview': 'Von dieser Datei gibt es kein kleineres Bild.',
  'files.no_links': 'Öffentliche Links sind auf diesem Server abgeschaltet.',
  'files.no_post': 'Die Datei gehört noch zu keiner Nachricht.',
  'files.not_yours':
    'Eine Nachricht kann nur eigene Dateien dieses Kanals haben, die zu keiner anderen Nachricht gehören.',

  'emoji.off': 'Eigene Emojis sind auf diesem Server abgeschaltet.',
  'emoji.not_found': 'Dieses eigene Emoji gibt es nicht.',
  'emoji.name':
    'Ein Emoji-Name hat 1 bis 64 Buchstaben ohne Akzente, Ziffern, Plus-, Binde- oder Unterstriche und ist keiner, den alle schon haben.',
  'emoji.name_taken': 'Ein Emoji dieses Namens gibt es schon.',
  'emoji.too_large': 'Das Bild eines Emojis kann höchstens {max} Bytes haben.',
  'emoji.too_many_pixels': 'Das Bild eines Emojis kann höchstens {max} Bildpunkte breit und hoch sein.',
  'emoji.unreadable': 'Dieses Bild lässt sich nicht lesen: bitte PNG, JPEG oder GIF verwenden.',

  'uploads.not_found': 'Diesen Upload gibt es nicht.',
  'uploads.type': 'In Stücken können nur Anhänge hochgeladen werden.',
  'api.upload.upload_data.invalid_content_length':
    'Die Anfrage bringt mehr Bytes, als dem Upload noch fehlen. Fragen Sie, wie weit er ist, und machen Sie dort weiter.',
  'uploads.busy':
    'Ein anderes Stück dieses Uploads kam zur gleichen Zeit. Fragen Sie, wie weit er ist, und machen Sie dort weiter.',
  'uploads.limit':
    'Sie haben {max} Uploads, die nicht fertig sind. Beenden Sie sie, oder warten Sie einen Tag.',

  'bookmarks.off': 'Lesezeichen sind auf diesem Server abgeschaltet.',
  'bookmarks.not_found': 'Dieses Lesezeichen gibt es nicht.',
  'bookmarks.limit': 'Ein Kanal kann höchstens {max} Lesezeichen haben.',
  'bookmarks.link': 'Ein Link beginnt mit http:// oder https:// und enthält keinen Benutzernamen.',
  'bookmarks.link_only': 'Ein Lesezeichen auf einen Link braucht den Link und hat keine Datei.',
  'bookmarks.file_only': 'Ein Lesezeichen auf eine Datei braucht die Datei und hat weder Link noch Bild.',
  'bookmarks.place': 'Der Platz muss einer des Kanals sein, von 0 an gezählt.',

  'previews.no_image': 'An dieser Adresse ist kein Bild, das gezeigt werden kann.',

  'posts.not_found': 'Diese Nachricht gibt es nicht.',
  'posts.too_long': 'Die Nachricht ist länger als {max} Zeichen.',
  'posts.empty': 'Die Nachricht ist leer.',
  'posts.type': 'Eine Nachricht dieser Art kann keine Person schreiben.',
  'posts.props_too_large': 'Die Eigenschaften der Nachricht sind größer als {max} Zeichen.',
  'posts.edit_time': 'Die Zeit, in der eine Nachricht bearbeitet werden kann, ist vorbei.',
  'search.off': 'Die Suche ist auf diesem Server ausgeschaltet.',
  'search.files_off': 'Die Suche nach Dateien ist auf diesem Server ausgeschaltet.',
  'attributes.off': 'Merkmale von Personen sind auf diesem Server ausgeschaltet.',
  'attributes.not_found': 'Dieses Merkmal gibt es nicht.',
  'attributes.name_taken': 'Ein Merkmal dieses Namens gibt es schon.',
  'attributes.limit': 'Es kann höchstens {max} Merkmale geben.',
  'attributes.options': 'Eine Auswahl braucht Möglichkeiten mit verschiedenen Namen.',
  'attributes.value': 'Das Merkmal {name} kann diesen Wert nicht haben.',
  'groups.off': 'Gruppen sind auf diesem Server ausgeschaltet.',
  'groups.not_found': 'Diese Gruppe gibt es nicht.',
  'groups.archived': 'Diese Gruppe ist archiviert.',
  'groups.name':
    'Ein Gruppenname hat bis zu 64 Buchstaben, Ziffern, Punkte, Striche oder Unterstriche und ist keiner, der alle anspricht.',
  'groups.name_taken': 'Diesen Namen hat schon jemand oder eine Gruppe.',
  'api.ldap_groups.existing_reserved_name_error': 'Dieser Name erwähnt alle.',
  'api.ldap_groups.existing_user_name_error': 'Diesen Namen hat schon jemand.',
  'api.ldap_groups.existing_group_name_error': 'Diesen Namen hat schon eine Gruppe.',
  'api.ldap_group.not_found': 'Diese Gruppe gibt es im Verzeichnis nicht.',
  'app.group.no_rows': 'Diese Gruppe ist nicht verknüpft.',
  'app.group.crud_permission': 'Das entscheidet bei Gruppen des Verzeichnisses nur das Verzeichnis.',
  'groups.of_directory': 'Eine Gruppe des Verzeichnisses kommt zurück, indem sie wieder verknüpft wird.',
  'app.group.group_syncable_already_deleted': 'Die Gruppe ist dort nicht mehr verknüpft.',
  group_not_associated_to_synced_team:
    'Gruppen bestimmen, wer im Team ist: Die Gruppe muss zuerst mit dem Team verknüpft werden.',
  'syncables.conversation': 'Gruppen werden mit Kanälen von Teams verknüpft, nicht mit Gesprächen.',
  'api.team.add_members.user_denied':
    'Gruppen des Verzeichnisses bestimmen, wer in diesem Team ist, und diese Personen sind in keiner davon.',
  'api.channel.add_members.user_denied':
    'Gruppen des Verzeichnisses bestimmen, wer in diesem Kanal ist, und diese Personen sind in keiner davon.',
  'api.team.remove_member.group_constrained.app_error':
    'Gruppen des Verzeichnisses bestimmen, wer in diesem Team ist.',
  'api.channel.remove_member.group_constrained.app_error':
    'Gruppen des Verzeichnisses bestimmen, wer in diesem Kanal ist.',
  'app.team.invite_id.group_constrained.error':
    'Gruppen des Verzeichnisses bestimmen, wer in diesem Team ist: Es gibt keine Einladungen dorthin.',
  'app.team.invite_token.group_constrained.error':
    'Gruppen des Verzeichnisses bestimmen, wer in diesem Team ist: Es gibt keine Einladungen dorthin.',
  'api.user.add_user_to_group_syncables.not_ldap_user.app_error':
    'Dieses Konto gehört nicht zum Verzeichnis.',
  'threads.not_followed': 'Sie folgen diesem Thread nicht.',
  'posts.version_not_found': 'Eine solche frühere Fassung der Nachricht gibt es nicht.',
  'posts.permanent_off': 'Das endgültige Löschen ist auf diesem Server abgeschaltet.',
  'posts.priority_off': 'Auf diesem Server haben Nachrichten keine Dringlichkeit.',
  'posts.priority_root': 'Nur Nachrichten, die auf keine andere antworten, können eine Dringlichkeit haben.',
  'posts.persistent_off': 'Wiederholte Benachrichtigungen sind hier nicht erlaubt.',
  'posts.persistent_urgent': 'Nur dringende Nachrichten können wiederholt benachrichtigen.',
  'posts.persistent_recipients':
    'Eine Nachricht, die wiederholt benachrichtigt, nennt eine bis {max} Personen des Kanals und nicht alle.',
  'posts.slow_down':
    'Dieser Kanal nimmt gerade keine weiteren Nachrichten an. Bitte warten Sie eine Sekunde.',
  'reactions.unknown_emoji': 'Es gibt kein Emoji mit dem Namen {name}.',
  'reactions.limit': 'Auf diese Nachricht gibt es {max} verschiedene Reaktionen; mehr sind nicht erlaubt.',
  'acknowledgements.deadline': 'Die fünf Minuten, in denen sich das zurücknehmen lässt, sind vorbei.',
  'api.post.create_post.root_id.app_error':
    'Die Nachricht, auf die geantwortet wird, gibt es in diesem Kanal nicht.',
  'reminders.past': 'Der Zeitpunkt der Erinnerung muss in der Zukunft liegen.',
  'api.command.execute_command.not_found.app_error': 'Den Befehl /{trigger} gibt es nicht.',
  'oauth.app_not_found': 'Eine solche Anwendung gibt es nicht.',
  'push.off': 'Push-Benachrichtigungen sind auf diesem Server ausgeschaltet.',
  'interactions.not_found': 'Eine solche Schaltfläche hat die Nachricht nicht.',
  'api.post.do_action.action_integration.app_error':
    'Die Integration dahinter hat nicht so geantwortet, wie sie sollte.',
  'interactions.trigger': 'Der Auslöser des Dialogs gilt nicht oder nicht mehr.',
  'interactions.busy': 'Sie warten schon auf {max} Antworten von Integrationen.',
  'drafts.off': 'Entwürfe werden auf diesem Server nicht aufbewahrt.',
  'scheduled.off': 'Auf diesem Server lassen sich Nachrichten nicht zeitversetzt senden.',
  'scheduled.not_found': 'Eine solche geplante Nachricht gibt es nicht.',
  'scheduled.past': 'Der Zeitpunkt zum Senden muss in der Zukunft liegen.',
  'scheduled.sending': 'Die Nachricht wird in diesem Augenblick gesendet.',
  'scheduled.limit': 'Mehr als {max} Nachrichten können nicht gleichzeitig geplant sein.',
}
