#pragma once
// Dresses the application: our style over Fusion, palette and fonts, light, dark or as the system. The app makes one
// and keeps it as long as the QApplication. Switching at run time repaints everything; widgets see
// QEvent::PaletteChange, others changed(). Window thread only.
#include <QObject>

namespace hookbench::theme {

enum class Scheme { System, Light, Dark };

class Theme : public QObject
{
    Q_OBJECT
public:
    /// Takes the application's palette as it is now for the system's.
    explicit Theme(Scheme scheme, QObject *parent = nullptr);

    Scheme scheme() const { return m_scheme; }
    void setScheme(Scheme scheme);
    bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();

    Scheme m_scheme;
    bool m_systemDark = false;
    bool m_dark = false;
    bool m_applying = false;
};

} // namespace hookbench::theme
