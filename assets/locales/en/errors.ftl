error-back-home = Home
error-try-again = Try again
error-reference = Reference { $id }
error-404-title = This page is not here
error-404-text = It was moved, or the address is wrong. Search finds pages by their old names too.
error-400-title = The request could not be read
error-400-text = Something in it is malformed. Go back and send it again.
error-400-place = The problem is at { $place }.
error-405-title = This address does not take that
error-405-text = Go back and use the buttons of the page.
error-409-title = Somebody was faster
error-409-text = What you acted on has changed since you opened it. Reload to see it as it is now.
error-412-title = There is a newer version
error-412-text = Your copy is not the newest one. Load it again, then repeat the change.
error-413-title = This is too large
error-413-text = Shorten the text or choose a smaller file, then send it again.
error-415-title = This kind of content is not accepted here
error-415-text = Send it as { $expected }.
error-422-title = Something is missing
error-422-text = Correct the marked fields and send it again.
error-403-title = This came from another site
error-403-text = The request was stopped to protect your account. Open Dugri directly and do it again.
error-429-title = Too many tries
error-429-text = { $seconds ->
    [one] Wait a second, then try again.
   *[other] Wait { $seconds } seconds, then try again.
}
error-500-title = Something broke on our side
error-500-text = What you typed is still in the form when you go back. It was logged under the reference below.
error-503-title = Dugri cannot save right now
error-503-text = Reading still works. Nothing was changed; try again in a minute.
error-required = This cannot be empty
error-too-long = This is too long
error-unknown = This is not one of the choices
